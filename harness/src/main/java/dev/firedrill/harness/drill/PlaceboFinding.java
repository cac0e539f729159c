package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a placebo says of one expectation.
 *
 * @param text the expectation, as its author wrote it
 * @param leaves what of the faults was still done
 * @param held whether it came as it must: an effect did not pass, an invariant did
 * @param reason why the verdict is what it is
 */
record PlaceboFinding(String text, ExpectationKind kind, Verdict verdict, String leaves, boolean held, String reason) {
    /**
     * One for each expectation that was judged, and for what speaks against the placebo itself.
     *
     * @param events of the placebo
     */
    static List<PlaceboFinding> of(Placebo placebo, DrillResult result, List<TimelineEvent> events) {
        List<PlaceboFinding> findings = new ArrayList<>();
        result.judgements().stream()
                .filter(placebo::speaksOf)
                .forEach(judgement -> findings.add(of(judgement, placebo.leaves())));
        events.stream()
                .filter(event -> event.type().equals(EventType.FAULT_UNPROVEN) && placebo.injects())
                .findFirst()
                .ifPresent(unproven -> findings.add(unsound(
                        "the fault '" + unproven.text("fault") + "' takes effect", unproven.text("reason"), placebo)));
        events.stream()
                .filter(event -> event.type().equals(EventType.CANARY)
                        && event.text("stage").equals("lost"))
                .findFirst()
                .ifPresent(lost -> findings.add(unsound("the pager hears", lost.text("reason"), placebo)));
        long judged = events.stream()
                .filter(event -> event.type().equals(EventType.EXPECTATION_JUDGED))
                .filter(event -> event.text("expectation").startsWith("e"))
                .count();
        long expected = placebo.drill().expectations().stream().distinct().count();
        if (result.interrupted() || judged < expected) {
            String reason = judged + " of " + expected + " expectations were judged";
            findings.add(unsound("it is run to its end", reason, placebo));
        }
        return findings;
    }

    private static PlaceboFinding of(Judgement judgement, String leaves) {
        boolean effect = judgement.kind() == ExpectationKind.EFFECT;
        return new PlaceboFinding(
                judgement.expectation(),
                judgement.kind(),
                judgement.verdict(),
                leaves,
                effect == (judgement.verdict() != Verdict.PASS),
                judgement.reason());
    }

    private static PlaceboFinding unsound(String text, String reason, Placebo placebo) {
        return new PlaceboFinding(
                text, ExpectationKind.INVARIANT, Verdict.INCONCLUSIVE, placebo.leaves(), false, reason);
    }

    /** In one line: {@code "cannot fail: probe 'page' fails within 5 s (it passes with nothing injected)"}. */
    String inWords() {
        if (kind == ExpectationKind.EFFECT) {
            return held
                    ? "fails as it must with " + leaves + ": " + text
                    : "cannot fail: " + text + " (it passes with " + leaves + ": " + reason + ")";
        }
        return held
                ? "holds with " + leaves + ": " + text
                : "does not hold with " + leaves + ": " + text + ": " + reason;
    }

    /** For the journal. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", text);
        row.put("kind", kind.name().toLowerCase(Locale.ROOT));
        row.put("verdict", verdict.name());
        row.put("reason", reason);
        row.put("held", held);
        return row;
    }
}
