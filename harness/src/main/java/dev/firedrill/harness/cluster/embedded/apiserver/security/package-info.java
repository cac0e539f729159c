/** Certificates and tokens. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.security;

import org.jspecify.annotations.NullMarked;
