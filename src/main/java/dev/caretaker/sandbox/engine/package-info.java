/** Real Elasticsearch and OpenSearch nodes as processes on this machine. */
@NullMarked
package dev.caretaker.sandbox.engine;

import org.jspecify.annotations.NullMarked;
