@NullMarked
package dev.caretaker.plan;

import org.jspecify.annotations.NullMarked;
