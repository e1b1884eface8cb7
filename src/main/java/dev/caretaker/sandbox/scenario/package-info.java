/** What the sandbox does to prove the operator: bounce, drain, and a hostile world. */
@NullMarked
package dev.caretaker.sandbox.scenario;

import org.jspecify.annotations.NullMarked;
