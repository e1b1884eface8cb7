/** S3 behind its port: the buckets of pipelines, and what lies in them. */
@NullMarked
package dev.caretaker.adapter.s3;

import org.jspecify.annotations.NullMarked;
