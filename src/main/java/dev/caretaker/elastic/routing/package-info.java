/** The settings that are wanted, written with their mark in one write, and whether they hold. */
@NullMarked
package dev.caretaker.elastic.routing;

import org.jspecify.annotations.NullMarked;
