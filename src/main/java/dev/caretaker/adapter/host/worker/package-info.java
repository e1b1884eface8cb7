/** Workers of a pipeline: one set of shell scripts, carried over ssh, by SSM, or run right here. */
@NullMarked
package dev.caretaker.adapter.host.worker;

import org.jspecify.annotations.NullMarked;
