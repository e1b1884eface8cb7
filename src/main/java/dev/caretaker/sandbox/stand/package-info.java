/** All the parts of a sandbox, running: engine, keeper, API server, proxies, operator. */
@NullMarked
package dev.caretaker.sandbox.stand;

import org.jspecify.annotations.NullMarked;
