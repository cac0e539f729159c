/** Pods that go, crash, wait or lie: what users and the pager notice. */
@NullMarked
package dev.firedrill.scenarios.workloads;

import org.jspecify.annotations.NullMarked;
