/**
 * What scenarios rely on, said as checks that run on any kind of cluster; for whoever brings a kind of their own, too.
 */
@NullMarked
package dev.firedrill.harness.conformance;

import org.jspecify.annotations.NullMarked;
