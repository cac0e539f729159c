@NullMarked
package dev.firedrill.reports.record;

import org.jspecify.annotations.NullMarked;
