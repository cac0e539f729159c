package dev.firedrill.harness.cluster.embedded.controllers;

import java.time.Duration;
import java.util.Optional;

/** Brings what one object asks for and what there is nearer to each other. */
@FunctionalInterface
interface Reconciler {
    /**
     * Called for one key at a time; anything thrown leads to another call after a back-off.
     *
     * @return when to look again although nothing may have changed by then; empty if there is no reason to
     */
    Optional<Duration> reconcile(ObjectKey key);
}
