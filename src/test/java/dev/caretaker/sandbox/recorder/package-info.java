@NullMarked
package dev.caretaker.sandbox.recorder;

import org.jspecify.annotations.NullMarked;
