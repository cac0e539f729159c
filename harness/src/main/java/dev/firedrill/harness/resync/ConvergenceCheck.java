package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.resync.WorkHistory.Sighting;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public route serves the newest accepted version of every key, at the end or within a time since a moment. A
 * change whose outcome is unknown may be served in its place.
 *
 * @param deadlineOrNull the time allowed, if any
 * @param sinceOrNull the moment from which it counts, with a deadline
 */
public record ConvergenceCheck(
        Windows windows,
        @Nullable Duration deadlineOrNull,
        @Nullable Moment sinceOrNull) implements WorkCheck {
    /** Judged by what is served at the end. */
    public ConvergenceCheck(Windows windows) {
        this(windows, null, null);
    }

    /** Judged by the time it takes. */
    public ConvergenceCheck within(Duration deadline, Moment since) {
        return new ConvergenceCheck(windows, deadline, since);
    }

    @Override
    public String expectation() {
        return "what is served equals what was accepted"
                + (deadlineOrNull == null || sinceOrNull == null
                        ? ""
                        : " within " + Durations.words(deadlineOrNull) + " of " + sinceOrNull.description());
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        if (deadlineOrNull == null || sinceOrNull == null) {
            Optional<String> starved = Finding.starved(windows, history);
            // What was served before the last change says nothing of the end.
            return starved.isPresent() && Finding.blind(history).isPresent()
                    ? Finding.inconclusive(expectation(), starved.get())
                    : atEnd(history, starved);
        }
        Optional<Duration> since = Elapsed.of(sinceOrNull, events);
        if (since.isEmpty()) {
            return Finding.inconclusive(expectation(), sinceOrNull.description() + " was never reached");
        }
        return timed(history, since.get(), deadlineOrNull);
    }

    private Judgement atEnd(WorkHistory history, Optional<String> starved) {
        return Finding.of(
                expectation(),
                differences(history),
                "read through the public route",
                starved,
                Finding.count(history.keys().size(), "key") + " of "
                        + history.keys().size() + (history.keys().size() == 1 ? " serves" : " serve")
                        + " the newest accepted version",
                List.of());
    }

    private Judgement timed(WorkHistory history, Duration since, Duration deadline) {
        Duration watched = history.lastLook().orElse(Duration.ZERO).minus(since);
        if (!differences(history).isEmpty()) {
            if (watched.compareTo(deadline) < 0) {
                return Finding.inconclusive(
                        expectation(),
                        "the target was watched for only "
                                + Durations.words(watched.isNegative() ? Duration.ZERO : watched) + " of "
                                + Durations.words(deadline));
            }
            return atEnd(history, Optional.empty());
        }
        Optional<String> starved = Finding.starved(windows, history);
        if (starved.isPresent()) {
            return Finding.inconclusive(expectation(), starved.get());
        }
        Duration converged = history.keys().stream()
                .map(key -> equalSince(history, key))
                .max(Duration::compareTo)
                .orElse(since);
        Duration took = converged.compareTo(since) < 0 ? Duration.ZERO : converged.minus(since);
        boolean inTime = took.compareTo(deadline) <= 0;
        String reason = "What is served equalled what was accepted " + Durations.words(took) + " after "
                + (sinceOrNull == null ? "" : sinceOrNull.description())
                + (inTime ? "" : ", allowed were " + Durations.words(deadline));
        return new Judgement(
                expectation(),
                ExpectationKind.INVARIANT,
                inTime ? Verdict.PASS : Verdict.FAIL,
                reason,
                List.of(),
                deadline,
                took);
    }

    private static List<String> differences(WorkHistory history) {
        List<String> differences = new ArrayList<>();
        for (String key : history.keys()) {
            Operation newest = history.newest(key).orElseThrow();
            Optional<Sighting> last = history.lastServed(key);
            if (last.isPresent() && !equal(history, newest, last.get())) {
                differences.add("'" + key + "' serves " + inWords(last.get()) + " instead of version "
                        + newest.version()
                        + (newest.deletes() ? ", which deletes it" : " ('" + newest.valueOrNull() + "')")
                        + ", accepted '" + newest.window() + "' at " + Durations.words(newest.completed()));
            } else if (last.isEmpty()) {
                differences.add("'" + key + "' was never read");
            }
        }
        return differences;
    }

    private static String inWords(Sighting sighting) {
        return sighting.content()
                .map(content -> "version " + content.version() + " ('" + content.value() + "')")
                .orElse("nothing");
    }

    private static boolean equal(WorkHistory history, Operation newest, Sighting sighting) {
        Optional<String> served = sighting.content().map(Content::value);
        boolean exact = served.equals(newest.value())
                && sighting.content()
                        .map(content -> content.version() == newest.version())
                        .orElse(true);
        return exact
                || history.operations().stream()
                        .anyMatch(operation -> operation.outcome() == Operation.Outcome.UNKNOWN
                                && operation.key().equals(newest.key())
                                && served.equals(operation.value())
                                && sighting.content()
                                        .map(content -> content.version() > newest.version())
                                        .orElse(true));
    }

    /** From when on the newest version of a key was served without a break. */
    private static Duration equalSince(WorkHistory history, String key) {
        Operation newest = history.newest(key).orElseThrow();
        Duration since = Duration.ZERO;
        boolean before = false;
        for (Sighting sighting : history.served().getOrDefault(key, List.of())) {
            boolean now = equal(history, newest, sighting);
            if (now && !before) {
                since = sighting.seen();
            }
            before = now;
        }
        return since.compareTo(newest.completed()) < 0 ? newest.completed() : since;
    }
}
