package dev.firedrill.harness.cluster.embedded.controllers;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * What the controllers need to know besides what the API tells them.
 *
 * @param certificateAuthority the API server's CA certificate in PEM, put into every namespace as
 *     {@code kube-root-ca.crt}
 * @param eventsKept how long an Event is kept after it was last seen; an hour in Kubernetes
 * @param clock the time that conditions, events and deadlines go by
 */
public record ControllerOptions(String certificateAuthority, Duration eventsKept, Clock clock) {
    public ControllerOptions {
        Objects.requireNonNull(certificateAuthority, "certificateAuthority");
        Objects.requireNonNull(clock, "clock");
        if (eventsKept.isNegative() || eventsKept.isZero()) {
            throw new IllegalArgumentException("eventsKept must be positive: " + eventsKept);
        }
    }

    /** Kubernetes' defaults on the machine's clock. */
    public static ControllerOptions of(String certificateAuthority) {
        return new ControllerOptions(certificateAuthority, Duration.ofHours(1), Clock.systemUTC());
    }
}
