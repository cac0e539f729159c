@NullMarked
package dev.firedrill.reports;

import org.jspecify.annotations.NullMarked;
