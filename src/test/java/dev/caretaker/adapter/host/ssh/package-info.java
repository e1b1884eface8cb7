@NullMarked
package dev.caretaker.adapter.host.ssh;

import org.jspecify.annotations.NullMarked;
