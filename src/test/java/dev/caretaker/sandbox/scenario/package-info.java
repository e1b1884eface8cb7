@NullMarked
package dev.caretaker.sandbox.scenario;

import org.jspecify.annotations.NullMarked;
