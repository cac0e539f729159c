@NullMarked
package dev.firedrill.harness.cluster.embedded.proxy;

import org.jspecify.annotations.NullMarked;
