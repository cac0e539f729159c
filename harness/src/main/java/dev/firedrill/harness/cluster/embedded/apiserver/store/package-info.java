/** The objects, in memory, with their history for watches. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.store;

import org.jspecify.annotations.NullMarked;
