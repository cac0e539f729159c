package dev.firedrill.harness.probe;

import dev.firedrill.harness.agent.ProbeSample;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Vantage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sample as the journal keeps it. {@code bound} is how far its clock may be off the harness's. */
record Observation(Instant intendedAt, Instant finishedAt, Duration bound, String outcome, String detail) {
    private static final String OK = ProbeSample.Outcome.OK.label();
    private static final String FAILED = ProbeSample.Outcome.FAILED.label();

    /** The data of a {@code probe.sample}. */
    static Map<String, Object> data(ProbeSample sample, Vantage vantage) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("probe", sample.probe());
        data.put("vantage", Probes.label(vantage));
        data.put("outcome", sample.outcome().label());
        data.put("latencyMs", sample.latency().toNanos() / 1e6);
        data.put("intendedAt", sample.intendedAt().toString());
        if (sample.status() != 0) {
            data.put("status", sample.status());
        }
        if (!sample.detail().isEmpty()) {
            data.put("detail", sample.detail());
        }
        return data;
    }

    /** The samples of one probe, in the order of their intended starts. */
    static List<Observation> of(ProbeSpec probe, List<TimelineEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals(EventType.PROBE_SAMPLE))
                .filter(event -> event.text("probe").equals(probe.name()))
                .filter(event -> event.text("vantage").equals(Probes.label(probe.vantage())))
                .map(event -> new Observation(
                        Instant.parse(event.text("intendedAt")),
                        event.at(),
                        event.offsetBound(),
                        event.text("outcome"),
                        event.text("detail")))
                .sorted(Comparator.comparing(Observation::intendedAt))
                .toList();
    }

    boolean healthy() {
        return outcome.equals(OK);
    }

    boolean failed() {
        return outcome.equals(FAILED);
    }

    /** Whether it says something about the target. */
    boolean counts() {
        return healthy() || failed();
    }

    /** Certainly not started before. */
    boolean notBefore(Instant moment) {
        return !intendedAt.minus(bound).isBefore(moment);
    }

    String line() {
        return intendedAt + " " + outcome + (detail.isEmpty() ? "" : ": " + detail);
    }
}
