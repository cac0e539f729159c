/**
 * Delayed work: whether changes that were accepted arrive, once, in order. {@link
 * dev.firedrill.harness.resync.Workload} submits changes and keeps the ledger, {@link
 * dev.firedrill.harness.resync.WorkObserver} follows the target, and a {@link dev.firedrill.harness.resync.WorkCheck}
 * judges what both left in the journal.
 */
@NullMarked
package dev.firedrill.harness.resync;

import org.jspecify.annotations.NullMarked;
