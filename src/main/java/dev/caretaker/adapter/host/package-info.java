/** The host port: the machines that nodes run on, through their supervisors. */
@NullMarked
package dev.caretaker.adapter.host;

import org.jspecify.annotations.NullMarked;
