/** A simulated Elasticsearch cluster behind the real ports: virtual time, measured behaviour. */
@NullMarked
package dev.caretaker.world;

import org.jspecify.annotations.NullMarked;
