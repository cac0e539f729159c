package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as objects carry them: RFC 3339, whole seconds, UTC. */
public final class Moments {
    private Moments() {}

    public static String text(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
