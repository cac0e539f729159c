@NullMarked
package dev.firedrill.reports.sample;

import org.jspecify.annotations.NullMarked;
