/**
 * What the user has set, read once when the JVM starts, checked, and never changed: {@link
 * io.bradawl.agent.config.AgentConfig}. {@code System.setProperty} at run time has no effect.
 *
 * <p>{@code Sources} finds settings, {@code Values} checks what is set, {@code AgentConfig} puts it
 * together.
 */
@NullMarked
package io.bradawl.agent.config;

import org.jspecify.annotations.NullMarked;
