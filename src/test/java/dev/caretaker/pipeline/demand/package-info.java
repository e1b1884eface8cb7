@NullMarked
package dev.caretaker.pipeline.demand;

import org.jspecify.annotations.NullMarked;
