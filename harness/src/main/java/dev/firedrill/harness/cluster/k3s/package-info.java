/** The kind {@code k3s}: a one-node k3s in a Docker container. Nothing of Docker is loaded before it is asked for. */
@NullMarked
package dev.firedrill.harness.cluster.k3s;

import org.jspecify.annotations.NullMarked;
