@NullMarked
package dev.firedrill.harness.cluster.k3s;

import org.jspecify.annotations.NullMarked;
