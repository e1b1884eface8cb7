/** The program that the sandbox's pipelines run: a process of its own on each bought machine. */
@NullMarked
package dev.caretaker.sandbox.worker;

import org.jspecify.annotations.NullMarked;
