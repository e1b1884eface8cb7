/** EC2 behind the fleet's port: machines, prices and purchases of one region. */
@NullMarked
package dev.caretaker.adapter.ec2;

import org.jspecify.annotations.NullMarked;
