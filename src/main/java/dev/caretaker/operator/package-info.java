/** Caretaker as a Kubernetes operator; the only package that knows the Java Operator SDK. */
@NullMarked
package dev.caretaker.operator;

import org.jspecify.annotations.NullMarked;
