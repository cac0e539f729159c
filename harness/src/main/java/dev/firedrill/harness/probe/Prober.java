package dev.firedrill.harness.probe;

import java.time.Duration;

/**
 * Runs probes on their schedule, whatever the answers, and appends a {@code probe.sample} for every tick to the
 * journal: healthy, failed, or missed by the prober itself.
 */
public interface Prober extends AutoCloseable {
    /**
     * Begins.
     *
     * @throws dev.firedrill.harness.model.FiredrillException if a target has no address, or the agent cannot be
     * reached
     */
    void start();

    /**
     * Waits until the journal has the sample of every tick that was due when this was called.
     *
     * @param atMost how long to wait
     * @return whether it has them all; if not, the checks see what is missing
     */
    boolean settle(Duration atMost);

    /** Stops; samples of requests that are still open are waited for. */
    @Override
    void close();
}
