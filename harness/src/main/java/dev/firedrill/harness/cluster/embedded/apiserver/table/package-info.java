/** The tables that kubectl prints. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.table;

import org.jspecify.annotations.NullMarked;
