/** A real Kubernetes API server on this machine: where its programs are, how it starts and ends. */
@NullMarked
package dev.caretaker.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
