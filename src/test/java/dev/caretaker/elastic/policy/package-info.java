@NullMarked
package dev.caretaker.elastic.policy;

import org.jspecify.annotations.NullMarked;
