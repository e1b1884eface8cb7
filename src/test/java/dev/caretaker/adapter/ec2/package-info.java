/** The adapter of EC2 before answers that no stand-in gives. */
@NullMarked
package dev.caretaker.adapter.ec2;

import org.jspecify.annotations.NullMarked;
