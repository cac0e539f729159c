/** What the server refuses in an object, in Kubernetes' own words. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import org.jspecify.annotations.NullMarked;
