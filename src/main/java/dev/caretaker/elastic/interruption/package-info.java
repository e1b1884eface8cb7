/** What is done in the two minutes before EC2 takes a machine. */
@NullMarked
package dev.caretaker.elastic.interruption;

import org.jspecify.annotations.NullMarked;
