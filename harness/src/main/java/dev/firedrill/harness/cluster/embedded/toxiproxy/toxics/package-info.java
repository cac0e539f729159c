@NullMarked
package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import org.jspecify.annotations.NullMarked;
