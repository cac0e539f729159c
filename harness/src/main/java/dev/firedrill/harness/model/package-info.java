@NullMarked
package dev.firedrill.harness.model;

import org.jspecify.annotations.NullMarked;
