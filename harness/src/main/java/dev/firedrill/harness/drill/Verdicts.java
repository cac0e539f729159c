package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the expectations of one drill from the drill's part of the journal, and writes each verdict into it. */
final class Verdicts {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Journal journal;
    private final Drill drill;
    private final boolean isPlacebo;
    private final int firstEvent;
    private final IdentityHashMap<Expectation, String> ids = new IdentityHashMap<>();
    private final List<Judgement> judgements = new ArrayList<>();
    private String step = "";
    private Duration disturbed = Duration.ZERO;

    Verdicts(Journal journal, Drill drill, boolean isPlacebo) {
        this.journal = journal;
        this.drill = drill;
        this.isPlacebo = isPlacebo;
        this.firstEvent = journal.events().size();
        for (Expectation expectation : drill.expectations()) {
            ids.putIfAbsent(expectation, "e" + (ids.size() + 1));
        }
    }

    /** Writes what the drill is into the journal, before anything happens. */
    void announce() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", drill.title());
        data.put("description", drill.description());
        data.put(
                "expectations",
                drill.expectations().stream().map(this::announced).toList());
        data.put("probes", drill.probes().stream().map(Verdicts::row).toList());
        data.put(
                "beside",
                OpenConnections.beside(drill).stream().map(ProbeSpec::name).toList());
        data.put(
                "remedies",
                drill.remedies().stream()
                        .map(remedy -> Map.of("name", remedy.name(), "title", remedy.title(), "on", remedy.on()))
                        .toList());
        data.putAll(drill.about());
        journal.append("harness", EventType.DRILL_STARTED, data);
    }

    /** Judges each as soon as it passes, and at the latest when its patience, which began for all at once, is over. */
    void judge(List<Expectation> expectations) throws InterruptedException {
        Duration begun = journal.clock().elapsed();
        for (Expectation expectation : expectations) {
            judge(expectation, begun.plus(expectation.patience()));
        }
    }

    private void judge(Expectation expectation, Duration until) throws InterruptedException {
        Judgement judgement = verdictOf(expectation.check());
        while (judgement.verdict() != Verdict.PASS
                && journal.clock().elapsed().compareTo(until) < 0
                && !isSettled(judgement)) {
            Pause.lasting(LOOK_AGAIN);
            judgement = verdictOf(expectation.check());
        }
        add(judgement, ids.getOrDefault(expectation, ""), expectation);
    }

    /** A fault was injected, undone or left out: expectations count from here. */
    void disturbed() {
        disturbed = journal.clock().elapsed();
    }

    /** In a placebo nothing comes late: an effect that has failed by its own deadline is not waited for any longer. */
    private boolean isSettled(Judgement judgement) {
        Duration deadline = judgement.deadline().orElse(Duration.ZERO);
        return isPlacebo
                && judgement.kind() == ExpectationKind.EFFECT
                && judgement.verdict() == Verdict.FAIL
                && journal.clock().elapsed().compareTo(disturbed.plus(deadline)) >= 0;
    }

    private Map<String, Object> announced(Expectation expectation) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", ids.getOrDefault(expectation, ""));
        data.put("text", expectation.check().expectation());
        data.put("kind", word(expectation.check().kind()));
        putIfAny(data, "label", expectation.label());
        putIfAny(data, "step", expectation.step());
        return data;
    }

    private Judgement verdictOf(Check check) {
        try {
            return check.judge(events());
        } catch (RuntimeException | AssertionError e) {
            return ofHarness(check.expectation(), check.kind(), Verdict.INCONCLUSIVE, "the check itself failed: " + e);
        }
    }

    /** What is judged from now on belongs to this step; empty for none. */
    void enterStep(String id) {
        step = id;
    }

    /** The drill's own events so far. */
    List<TimelineEvent> events() {
        List<TimelineEvent> all = journal.events();
        return all.subList(firstEvent, all.size());
    }

    /** A fault that ended by itself was not there any more when the rest was judged: nothing can be said. */
    void lookForExpiry() {
        List<String> expired = events().stream()
                .filter(event -> event.type().equals(EventType.FAULT_EXPIRED))
                .map(event -> String.valueOf(event.data().get("fault")))
                .distinct()
                .toList();
        if (!expired.isEmpty()) {
            add(ofHarness(
                    "no fault ends before the drill ends it",
                    ExpectationKind.INVARIANT,
                    Verdict.INCONCLUSIVE,
                    String.join(", ", expired) + " ended by itself, since a fault may last "
                            + Durations.words(drill.longest()) + " in this drill"));
        }
    }

    /** Takes a verdict of the harness's own into the drill's and writes it into the journal. */
    void add(Judgement judgement) {
        add(judgement, "own-" + (judgements.size() + 1), null);
    }

    private void add(Judgement judgement, String id, @Nullable Expectation expectation) {
        judgements.add(judgement);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("expectation", id);
        data.put("text", judgement.expectation());
        data.put("kind", word(judgement.kind()));
        data.put("verdict", judgement.verdict().name());
        data.put("reason", judgement.reason());
        data.put("evidence", judgement.evidence());
        putIfAny(data, "label", expectation == null ? "" : expectation.label());
        putIfAny(data, "step", expectation == null || expectation.step().isEmpty() ? step : expectation.step());
        judgement.deadline().ifPresent(deadline -> data.put("deadlineMs", deadline.toMillis()));
        judgement.took().ifPresent(took -> data.put("tookMs", took.toMillis()));
        judgement.margin().ifPresent(margin -> data.put("margin", margin));
        journal.append("harness", EventType.EXPECTATION_JUDGED, data);
    }

    /** Takes the drill's figures from the journal, once, at its end. */
    void takeFigures() {
        List<TimelineEvent> events = events();
        for (Figure figure : drill.figures()) {
            try {
                journal.append("harness", EventType.FIGURE, taken(figure, events));
            } catch (RuntimeException | AssertionError e) {
                add(ofHarness(
                        "the figure '" + figure.name() + "' can be taken",
                        ExpectationKind.INVARIANT,
                        Verdict.INCONCLUSIVE,
                        "it failed itself: " + e));
            }
        }
    }

    private static Map<String, Object> taken(Figure figure, List<TimelineEvent> events) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", figure.name());
        data.put("label", figure.label());
        data.put("unit", figure.unit());
        String key = figure.unit().equals("ms") ? "valueMs" : "value";
        figure.value().apply(events).ifPresent(value -> data.put(key, value));
        figure.record().ifPresent(record -> data.put("recordMs", record.toMillis()));
        figure.unscaled().apply(events).ifPresent(unscaled -> data.put("unscaledMs", unscaled.toMillis()));
        if (!figure.note().isEmpty()) {
            data.put("note", figure.note());
        }
        return data;
    }

    List<Judgement> all() {
        return List.copyOf(judgements);
    }

    /** The worst so far. */
    Verdict verdict() {
        return Verdict.worst(judgements.stream().map(Judgement::verdict).toList());
    }

    /** A verdict of the harness's own, such as that a fault took effect. */
    static Judgement ofHarness(String expectation, ExpectationKind kind, Verdict verdict, String reason) {
        return new Judgement(expectation, kind, verdict, reason, List.of(), null, null);
    }

    private static Map<String, Object> row(ProbeSpec probe) {
        return Map.of(
                "name",
                probe.name(),
                "vantage",
                probe.vantage().name().toLowerCase(Locale.ROOT),
                "depth",
                probe.depth(),
                "target",
                probe.describeTarget(),
                "intervalMs",
                probe.interval().toMillis());
    }

    private static void putIfAny(Map<String, Object> data, String key, String value) {
        if (!value.isEmpty()) {
            data.put(key, value);
        }
    }

    private static String word(ExpectationKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
