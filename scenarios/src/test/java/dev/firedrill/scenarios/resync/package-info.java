@NullMarked
package dev.firedrill.scenarios.resync;

import org.jspecify.annotations.NullMarked;
