@NullMarked
package dev.firedrill.harness.cluster;

import org.jspecify.annotations.NullMarked;
