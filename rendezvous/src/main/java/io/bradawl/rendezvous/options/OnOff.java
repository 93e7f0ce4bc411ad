package io.bradawl.rendezvous.options;

/** Whether there is to be something. */
enum OnOff {
  on,
  off
}
