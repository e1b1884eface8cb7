/** How a fleet's machine leaves: it is emptied, stopped, and answered for, one-way. */
@NullMarked
package dev.caretaker.elastic.handshake;

import org.jspecify.annotations.NullMarked;
