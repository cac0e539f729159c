@NullMarked
package dev.firedrill.scenarios.cli;

import org.jspecify.annotations.NullMarked;
