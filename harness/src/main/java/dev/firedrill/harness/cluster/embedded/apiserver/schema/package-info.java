/** What a kind's fields are, from the classes of the Fabric8 model, and how its lists merge. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import org.jspecify.annotations.NullMarked;
