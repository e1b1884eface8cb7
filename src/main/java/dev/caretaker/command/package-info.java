/** What people type to look at a cluster without an operator. */
@NullMarked
package dev.caretaker.command;

import org.jspecify.annotations.NullMarked;
