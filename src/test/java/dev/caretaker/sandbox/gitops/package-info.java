@NullMarked
package dev.caretaker.sandbox.gitops;

import org.jspecify.annotations.NullMarked;
