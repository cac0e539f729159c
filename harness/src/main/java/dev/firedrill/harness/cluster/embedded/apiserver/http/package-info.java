/** Requests over HTTP: who asks, for what, and the answer. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.http;

import org.jspecify.annotations.NullMarked;
