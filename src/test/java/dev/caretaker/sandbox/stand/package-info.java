@NullMarked
package dev.caretaker.sandbox.stand;

import org.jspecify.annotations.NullMarked;
