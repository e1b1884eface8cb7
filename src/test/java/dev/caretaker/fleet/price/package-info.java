@NullMarked
package dev.caretaker.fleet.price;

import org.jspecify.annotations.NullMarked;
