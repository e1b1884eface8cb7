/** Time-based tables: how their indices are named, which is written to, and which may go. */
@NullMarked
package dev.caretaker.pipeline.table;

import org.jspecify.annotations.NullMarked;
