@NullMarked
package dev.firedrill.scenarios.shop;

import org.jspecify.annotations.NullMarked;
