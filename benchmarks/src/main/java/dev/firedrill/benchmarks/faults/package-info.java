/** What of an injection, of its undo and of a whole drill is the harness's own doing. */
@NullMarked
package dev.firedrill.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
