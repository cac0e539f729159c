@NullMarked
package dev.firedrill.scenarios.network;

import org.jspecify.annotations.NullMarked;
