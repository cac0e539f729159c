@NullMarked
package dev.firedrill.reports.json;

import org.jspecify.annotations.NullMarked;
