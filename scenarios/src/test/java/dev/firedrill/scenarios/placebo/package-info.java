@NullMarked
package dev.firedrill.scenarios.placebo;

import org.jspecify.annotations.NullMarked;
