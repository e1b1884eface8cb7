@NullMarked
package dev.caretaker.sandbox.market;

import org.jspecify.annotations.NullMarked;
