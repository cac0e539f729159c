@NullMarked
package dev.firedrill.scenarios.alerting;

import org.jspecify.annotations.NullMarked;
