@NullMarked
package dev.firedrill.harness.cluster.embedded.toxiproxy;

import org.jspecify.annotations.NullMarked;
