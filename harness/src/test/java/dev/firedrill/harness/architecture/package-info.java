@NullMarked
package dev.firedrill.harness.architecture;

import org.jspecify.annotations.NullMarked;
