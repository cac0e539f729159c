@NullMarked
package dev.firedrill.harness.fault.own;

import org.jspecify.annotations.NullMarked;
