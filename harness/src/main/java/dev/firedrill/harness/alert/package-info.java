@NullMarked
package dev.firedrill.harness.alert;

import org.jspecify.annotations.NullMarked;
