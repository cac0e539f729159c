package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The counter-test of a drill, made by the harness: the drill is run without its faults, and whatever passes all the
 * same cannot fail.
 */
final class PlaceboTrial {
    static final String EXPECTATION = "without its faults, its effects fail, its invariants hold and nobody is paged";

    private final Stage stage;
    private final Journal journal;
    private final PlaceboSettings settings;
    private final Function<Drill, DrillResult> runner;
    private final PlaceboRecords records;

    /** @param runner runs a placebo as a drill */
    PlaceboTrial(Stage stage, PlaceboSettings settings, Function<Drill, DrillResult> runner) {
        this.stage = stage;
        this.journal = stage.journal();
        this.settings = settings;
        this.runner = runner;
        this.records = new PlaceboRecords(settings.records());
    }

    /**
     * Tries a drill that has been run, unless there is a reason not to; whatever is decided is journalled as part of
     * it.
     *
     * @param verdict what came of the drill so far
     * @return what its placebos say of it; empty if none was run
     */
    Optional<Judgement> of(Drill drill, Verdict verdict) {
        List<Placebo> placebos = Placebo.of(drill, stage.system().pagesWithin().isPresent());
        if (placebos.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> reasonNot = reasonNot(verdict);
        if (reasonNot.isPresent()) {
            tell("skipped", reasonNot.get(), Map.of());
            return Optional.empty();
        }
        String fingerprint = PlaceboFingerprint.of(stage, placebos);
        if (settings.mode() == PlaceboSettings.Mode.UNLESS_RECORDED) {
            Optional<PlaceboRecords.Entry> recorded = records.find(fingerprint);
            if (recorded.isPresent()) {
                tell(recorded.get());
                return Optional.empty();
            }
        }
        return Optional.of(run(drill, placebos, fingerprint));
    }

    private Optional<String> reasonNot(Verdict verdict) {
        return switch (settings.mode()) {
            case ALWAYS -> Optional.empty();
            case UNLESS_RECORDED ->
                verdict == Verdict.PASS
                        ? Optional.empty()
                        : Optional.of("not run, since the drill itself did not pass");
            case UNLESS_ASKED -> Optional.of("not run; it has to be asked for");
            case OFF -> Optional.of("not run, since it was switched off (-D" + PlaceboSettings.PROPERTY + "=false)");
        };
    }

    private Judgement run(Drill drill, List<Placebo> placebos, String fingerprint) {
        Duration begun = journal.clock().elapsed();
        List<PlaceboFinding> findings = new ArrayList<>();
        List<Map<String, Object>> runs = new ArrayList<>();
        for (Placebo placebo : placebos) {
            int before = journal.events().size();
            DrillResult result = runner.apply(placebo.drill());
            List<TimelineEvent> all = journal.events();
            List<PlaceboFinding> found = PlaceboFinding.of(placebo, result, all.subList(before, all.size()));
            findings.addAll(found);
            runs.add(Map.of(
                    "leaves",
                    placebo.leaves(),
                    "expectations",
                    found.stream().map(PlaceboFinding::row).toList()));
            if (result.interrupted()) {
                break;
            }
        }
        journal.enterDrill(drill.name());
        List<String> broken = findings.stream()
                .filter(finding -> !finding.held())
                .map(PlaceboFinding::inWords)
                .toList();
        String reason = broken.isEmpty() ? sum(findings) : String.join("; ", broken);
        if (broken.isEmpty()) {
            records.keep(new PlaceboRecords.Entry(
                    drill.name(),
                    fingerprint,
                    stage.cluster().kind().label(),
                    LocalDate.ofInstant(journal.clock().now(), ZoneOffset.UTC).toString(),
                    (int) count(findings, ExpectationKind.EFFECT),
                    (int) count(findings, ExpectationKind.INVARIANT)));
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("fingerprint", fingerprint);
        more.put("tookMs", journal.clock().elapsed().minus(begun).toMillis());
        more.put("runs", runs);
        tell(broken.isEmpty() ? "held" : "broken", reason, more);
        return new Judgement(
                EXPECTATION,
                ExpectationKind.INVARIANT,
                broken.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE,
                reason,
                findings.stream().map(PlaceboFinding::inWords).toList(),
                null,
                null);
    }

    private static String sum(List<PlaceboFinding> findings) {
        return inWords(count(findings, ExpectationKind.EFFECT), count(findings, ExpectationKind.INVARIANT));
    }

    private static String inWords(long effects, long invariants) {
        return effects
                + (effects == 1 ? " effect fails, " : " effects fail, ")
                + invariants
                + (invariants == 1 ? " invariant holds" : " invariants hold");
    }

    private static long count(List<PlaceboFinding> findings, ExpectationKind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    private void tell(PlaceboRecords.Entry recorded) {
        tell(
                "recorded",
                "by the record of " + recorded.on() + " (" + recorded.cluster() + "): "
                        + inWords(recorded.effects(), recorded.invariants()),
                Map.of("fingerprint", recorded.fingerprint(), "cluster", recorded.cluster(), "on", recorded.on()));
    }

    private void tell(String state, String reason, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", state);
        data.put("reason", reason);
        data.putAll(more);
        journal.append("harness", EventType.PLACEBO_JUDGED, data);
    }
}
