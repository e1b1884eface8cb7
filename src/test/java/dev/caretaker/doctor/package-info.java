@NullMarked
package dev.caretaker.doctor;

import org.jspecify.annotations.NullMarked;
