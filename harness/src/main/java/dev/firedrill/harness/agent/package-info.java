@NullMarked
package dev.firedrill.harness.agent;

import org.jspecify.annotations.NullMarked;
