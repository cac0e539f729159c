@NullMarked
package dev.firedrill.harness.cluster.embedded;

import org.jspecify.annotations.NullMarked;
