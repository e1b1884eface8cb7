/** Hosts behind sshd: what is asked of their supervisors, and what the answers mean. */
@NullMarked
package dev.caretaker.adapter.host.ssh;

import org.jspecify.annotations.NullMarked;
