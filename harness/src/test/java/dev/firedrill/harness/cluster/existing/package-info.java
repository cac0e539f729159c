@NullMarked
package dev.firedrill.harness.cluster.existing;

import org.jspecify.annotations.NullMarked;
