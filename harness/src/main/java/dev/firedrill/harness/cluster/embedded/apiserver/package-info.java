/** A small Kubernetes API server in this JVM, for Fabric8 and for an unmodified kubectl. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver;

import org.jspecify.annotations.NullMarked;
