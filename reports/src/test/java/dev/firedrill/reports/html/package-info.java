@NullMarked
package dev.firedrill.reports.html;

import org.jspecify.annotations.NullMarked;
