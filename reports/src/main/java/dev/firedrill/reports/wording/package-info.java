@NullMarked
package dev.firedrill.reports.wording;

import org.jspecify.annotations.NullMarked;
