/** Server-side apply and the record of who manages which field. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import org.jspecify.annotations.NullMarked;
