/** The adapter of S3 before prepared answers. */
@NullMarked
package dev.caretaker.adapter.s3;

import org.jspecify.annotations.NullMarked;
