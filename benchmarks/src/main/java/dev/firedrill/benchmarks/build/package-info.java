/** How long the build takes for somebody who has just cloned the project. */
@NullMarked
package dev.firedrill.benchmarks.build;

import org.jspecify.annotations.NullMarked;
