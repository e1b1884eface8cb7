/** Git, and the tools that make a cluster equal to it, as an operator meets them. */
@NullMarked
package dev.caretaker.sandbox.gitops;

import org.jspecify.annotations.NullMarked;
