/** The manifests on a real API server, with the roles they give. */
@NullMarked
package dev.caretaker.manifests;

import org.jspecify.annotations.NullMarked;
