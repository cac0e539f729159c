@NullMarked
package dev.firedrill.scenarios;

import org.jspecify.annotations.NullMarked;
