@NullMarked
package dev.caretaker.sandbox.worker;

import org.jspecify.annotations.NullMarked;
