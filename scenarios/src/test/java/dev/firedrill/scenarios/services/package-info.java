@NullMarked
package dev.firedrill.scenarios.services;

import org.jspecify.annotations.NullMarked;
