/** Fabric8's client of an API server in the same JVM: without TLS, HTTP and sockets, and else like any other. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.local;

import org.jspecify.annotations.NullMarked;
