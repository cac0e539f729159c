/** The embedded cluster: a small Kubernetes inside the JVM, whose pods are child processes. */
@NullMarked
package dev.firedrill.harness.cluster.embedded;

import org.jspecify.annotations.NullMarked;
