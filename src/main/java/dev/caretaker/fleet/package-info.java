/** The pure core for spot machines: what to buy, what to give back, and what people are told. */
@NullMarked
package dev.caretaker.fleet;

import org.jspecify.annotations.NullMarked;
