/** Label and field selectors. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import org.jspecify.annotations.NullMarked;
