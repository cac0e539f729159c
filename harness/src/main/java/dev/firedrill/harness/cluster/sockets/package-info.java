@NullMarked
package dev.firedrill.harness.cluster.sockets;

import org.jspecify.annotations.NullMarked;
