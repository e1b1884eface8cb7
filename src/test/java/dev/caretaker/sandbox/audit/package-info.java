@NullMarked
package dev.caretaker.sandbox.audit;

import org.jspecify.annotations.NullMarked;
