/** Machines on this machine: real sshd and supervisord processes on loopback addresses. */
@NullMarked
package dev.caretaker.sandbox.hosts;

import org.jspecify.annotations.NullMarked;
