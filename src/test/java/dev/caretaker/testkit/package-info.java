/** What the tests share: conditions, builders and servers. */
@NullMarked
package dev.caretaker.testkit;

import org.jspecify.annotations.NullMarked;
