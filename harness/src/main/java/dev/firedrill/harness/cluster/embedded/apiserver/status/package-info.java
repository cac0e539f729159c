/** Refusals, as Kubernetes words them. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.status;

import org.jspecify.annotations.NullMarked;
