package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a journal tells of delayed work: the ledger, the target's log of the same keys by its sequence, and what the
 * public route served over time.
 */
record WorkHistory(
        List<Operation> operations, List<Arrived> log, Map<String, List<Sighting>> served, List<Look> looks) {
    /** An entry of the target's log, and when the harness first saw it. */
    record Arrived(Apply entry, Duration seen) {}

    /** What the public route began to serve for a key; null: nothing. */
    record Sighting(Duration seen, @Nullable Content contentOrNull) {
        Optional<Content> content() {
            return Optional.ofNullable(contentOrNull);
        }
    }

    /** That the target was read, or could not be. */
    record Look(Duration at, boolean ok, String detail) {}

    static WorkHistory of(List<TimelineEvent> events) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        Map<Long, Arrived> log = new TreeMap<>();
        Map<String, List<Sighting>> served = new LinkedHashMap<>();
        List<Look> looks = new ArrayList<>();
        for (TimelineEvent event : events) {
            switch (event.type()) {
                case EventType.WORK_OPERATION -> operations.put(event.text("operation"), operation(event));
                case EventType.WORK_APPLIED ->
                    log.putIfAbsent(number(event, "targetSequence"), new Arrived(entry(event), event.received()));
                case EventType.WORK_CONTENT ->
                    served.computeIfAbsent(event.text("key"), key -> new ArrayList<>())
                            .add(sighting(event));
                case EventType.WORK_OBSERVED ->
                    looks.add(new Look(
                            event.received(), Boolean.TRUE.equals(event.data().get("ok")), event.text("detail")));
                default -> {}
            }
        }
        Set<String> keys = new LinkedHashSet<>();
        operations.values().forEach(operation -> keys.add(operation.key()));
        log.values().removeIf(arrived -> !keys.contains(arrived.entry().key()));
        return new WorkHistory(
                List.copyOf(operations.values()),
                List.copyOf(log.values()),
                Collections.unmodifiableMap(served),
                List.copyOf(looks));
    }

    private static Operation operation(TimelineEvent event) {
        Operation.Outcome outcome =
                switch (event.text("phase")) {
                    case "ok" -> Operation.Outcome.ACCEPTED;
                    case "fail" -> Operation.Outcome.REFUSED;
                    default -> Operation.Outcome.UNKNOWN;
                };
        boolean accepted = outcome == Operation.Outcome.ACCEPTED;
        return new Operation(
                event.text("operation"),
                event.text("window"),
                event.text("key"),
                outcome,
                accepted ? event.text("change") : null,
                accepted ? number(event, "version") : 0,
                textOrNull(event, "value"),
                event.received());
    }

    private static Apply entry(TimelineEvent event) {
        return new Apply(
                number(event, "targetSequence"),
                event.text("change"),
                event.text("key"),
                number(event, "version"),
                Apply.Action.of(event.text("action")),
                textOrNull(event, "value"));
    }

    private static Sighting sighting(TimelineEvent event) {
        boolean present = Boolean.TRUE.equals(event.data().get("present"));
        return new Sighting(
                event.received(), present ? new Content(number(event, "version"), event.text("value")) : null);
    }

    private static @Nullable String textOrNull(TimelineEvent event, String key) {
        return event.data().containsKey(key) ? event.text(key) : null;
    }

    private static long number(TimelineEvent event, String key) {
        if (event.data().get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(
                "event " + event.sequence() + " (" + event.type() + ") has no number '" + key + "': " + event.data());
    }

    /** The accepted changes that a text names, by the source's ids. */
    static List<String> named(List<TimelineEvent> events, String text) {
        return of(events).accepted().stream()
                .map(Operation::change)
                .filter(change -> Pattern.compile("(?<![\\w-])" + Pattern.quote(change) + "(?![\\w-])")
                        .matcher(text)
                        .find())
                .toList();
    }

    List<Operation> accepted() {
        return operations.stream().filter(Operation::accepted).toList();
    }

    List<Operation> accepted(String window) {
        return accepted().stream()
                .filter(operation -> operation.window().equals(window))
                .toList();
    }

    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        accepted().forEach(operation -> keys.add(operation.key()));
        return keys;
    }

    /** The accepted change of a key with the highest version. */
    Optional<Operation> newest(String key) {
        return accepted().stream()
                .filter(operation -> operation.key().equals(key))
                .max(Comparator.comparingLong(Operation::version));
    }

    /** The entries that took effect, of one key, in the target's order. */
    List<Apply> applied(String key) {
        return log.stream()
                .map(Arrived::entry)
                .filter(entry -> entry.key().equals(key) && entry.tookEffect())
                .toList();
    }

    /** What the public route served last for a key; empty if it was never read. */
    Optional<Sighting> lastServed(String key) {
        List<Sighting> sightings = served.getOrDefault(key, List.of());
        return sightings.isEmpty() ? Optional.empty() : Optional.of(sightings.get(sightings.size() - 1));
    }

    /** When the target was last read successfully. */
    Optional<Duration> lastLook() {
        return looks.stream().filter(Look::ok).map(Look::at).max(Comparator.naturalOrder());
    }

    /** The newest look, if it failed: what the target did since the one before it is not known. */
    Optional<Look> lastFailure() {
        return looks.stream().reduce((first, second) -> second).filter(look -> !look.ok());
    }

    /** Why it is not known what the target had at a moment, if so: the newest look by then failed. */
    Optional<String> blindAt(Duration moment) {
        return looks.stream()
                .filter(look -> look.at().compareTo(moment) <= 0)
                .reduce((first, second) -> second)
                .filter(look -> !look.ok())
                .map(look -> "the target could not be read at " + Durations.words(look.at()) + " (" + look.detail()
                        + "), so that what it had by then is not known");
    }

    /** Whether a version of a key, or a newer one, has taken effect by a moment. */
    boolean settled(Operation operation, Duration by) {
        return settledAt(operation).filter(seen -> seen.compareTo(by) <= 0).isPresent();
    }

    /** When a version of a key, or a newer one, was first seen to have taken effect. */
    Optional<Duration> settledAt(Operation operation) {
        return log.stream()
                .filter(arrived -> arrived.entry().tookEffect() && settles(arrived.entry(), operation))
                .map(Arrived::seen)
                .min(Comparator.naturalOrder());
    }

    private static boolean settles(Apply entry, Operation operation) {
        return entry.change().equals(operation.change())
                || (entry.key().equals(operation.key()) && entry.version() > operation.version());
    }
}
