@NullMarked
package dev.firedrill.scenarios.incidents;

import org.jspecify.annotations.NullMarked;
