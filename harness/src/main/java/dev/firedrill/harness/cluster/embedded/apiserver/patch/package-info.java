/** JSON patch, merge patch and strategic merge patch. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import org.jspecify.annotations.NullMarked;
