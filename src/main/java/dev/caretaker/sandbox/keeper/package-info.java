/**
 * The keeper: it owns programs on this machine, starts and stops them on request and tells what
 * became of them. It outlives the operator, as a supervisor on a real host does.
 */
@NullMarked
package dev.caretaker.sandbox.keeper;

import org.jspecify.annotations.NullMarked;
