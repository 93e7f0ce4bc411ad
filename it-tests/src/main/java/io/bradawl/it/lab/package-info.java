/**
 * A laboratory of Linux network namespaces: a public segment, NAT boxes with the kernel's own NAT,
 * hosts behind them, and observers that count what passes. It knows nothing of Bradawl; tests, demo
 * and benchmarks build on it.
 */
@NullMarked
package io.bradawl.it.lab;

import org.jspecify.annotations.NullMarked;
