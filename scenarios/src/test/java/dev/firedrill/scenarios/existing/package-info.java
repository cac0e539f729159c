@NullMarked
package dev.firedrill.scenarios.existing;

import org.jspecify.annotations.NullMarked;
