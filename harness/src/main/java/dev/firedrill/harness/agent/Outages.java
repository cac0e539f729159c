package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.Durations;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** For how long nobody answered, told when somebody does again. Safe for use by several threads. */
final class Outages {
    /** Shorter ones are noticed by nobody, and happen whenever a pod is replaced. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private Consumer<String> told = text -> {};
    private @Nullable Outage now;

    synchronized void tell(Consumer<String> listener) {
        told = listener;
        now = null;
    }

    /** An attempt that began at this moment, by the nanosecond clock, was in vain. */
    synchronized void failed(long begun, String trouble) {
        now = new Outage(now == null ? begun : now.begun(), trouble);
    }

    /** One that began at this moment was answered. */
    synchronized void answered(long begun) {
        Outage over = now;
        if (over == null || begun < over.begun()) {
            return;
        }
        now = null;
        Duration lasted = Duration.ofNanos(System.nanoTime() - over.begun());
        if (lasted.compareTo(WORTH_TELLING) >= 0) {
            told.accept(
                    "no answer from the agent, which is asked through the API server, for " + Durations.words(lasted)
                            + " (last: " + over.trouble()
                            + "); what the cluster had to do in that time may be late");
        }
    }

    private record Outage(long begun, String trouble) {}
}
