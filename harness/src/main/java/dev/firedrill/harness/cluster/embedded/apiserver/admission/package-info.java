/** What the server fills in: defaults, addresses, service accounts. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import org.jspecify.annotations.NullMarked;
