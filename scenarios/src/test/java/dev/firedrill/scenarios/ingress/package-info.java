@NullMarked
package dev.firedrill.scenarios.ingress;

import org.jspecify.annotations.NullMarked;
