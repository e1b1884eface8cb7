@NullMarked
package dev.caretaker.elastic.handshake;

import org.jspecify.annotations.NullMarked;
