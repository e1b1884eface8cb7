/** One rule a file, named as the sentence that must hold before money or a machine goes. */
@NullMarked
package dev.caretaker.fleet.guard;

import org.jspecify.annotations.NullMarked;
