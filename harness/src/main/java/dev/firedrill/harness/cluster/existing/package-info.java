/** One namespace of a cluster that is there already: reached by a named context, guarded, and left as it was. */
@NullMarked
package dev.firedrill.harness.cluster.existing;

import org.jspecify.annotations.NullMarked;
