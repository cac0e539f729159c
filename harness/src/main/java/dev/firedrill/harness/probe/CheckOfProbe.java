package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Check;

/** A check that reads the samples of one probe. */
interface CheckOfProbe extends Check {
    ProbeSpec probe();
}
