@NullMarked
package dev.firedrill.harness.timeline;

import org.jspecify.annotations.NullMarked;
