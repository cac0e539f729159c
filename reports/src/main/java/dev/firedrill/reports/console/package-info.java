@NullMarked
package dev.firedrill.reports.console;

import org.jspecify.annotations.NullMarked;
