/** The pure core for Elasticsearch: what may change, who may act, and what people are told. */
@NullMarked
package dev.caretaker.elastic;

import org.jspecify.annotations.NullMarked;
