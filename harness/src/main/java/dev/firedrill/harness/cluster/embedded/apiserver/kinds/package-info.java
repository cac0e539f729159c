/** The table of the kinds that are served. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.kinds;

import org.jspecify.annotations.NullMarked;
