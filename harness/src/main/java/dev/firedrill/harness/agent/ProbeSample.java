package dev.firedrill.harness.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one tick of a probe's schedule.
 *
 * @param probe the name of its plan
 * @param intendedAt when it was to start, by the prober's clock
 * @param outcome healthy, not healthy, or not sent
 * @param latency from the intended start to the end of the answer, or to the failure; of a missed tick, how late it
 *     was
 * @param status the HTTP status; 0 if there was no answer
 * @param detail what was wrong, in one line; empty if nothing was
 */
public record ProbeSample(
        String probe, Instant intendedAt, Outcome outcome, Duration latency, int status, String detail) {
    /** What can become of a tick. */
    public enum Outcome {
        OK,
        FAILED,
        /** The prober itself was too late, so that nothing is known about the target. */
        MISSED;

        /** As it is written in messages and in the journal. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProbeSample {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(intendedAt, "intendedAt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(detail, "detail");
    }

    static ProbeSample from(JsonNode node) {
        return new ProbeSample(
                node.path("probe").asString(),
                Instant.parse(node.path("intendedAt").asString()),
                Outcome.valueOf(node.path("outcome").asString().toUpperCase(Locale.ROOT)),
                Duration.ofNanos(node.path("latencyNanos").asLong(0)),
                node.path("status").asInt(0),
                node.path("detail").asString(""));
    }

    ObjectNode json() {
        ObjectNode node = Wire.object(Map.of());
        node.put("probe", probe);
        node.put("intendedAt", intendedAt.toString());
        node.put("outcome", outcome.label());
        node.put("latencyNanos", latency.toNanos());
        node.put("status", status);
        node.put("detail", detail);
        return node;
    }

    /** When its outcome was known, by the prober's clock. */
    public Instant finishedAt() {
        return intendedAt.plus(latency);
    }
}
