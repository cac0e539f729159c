package dev.firedrill.reports.record;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord.Announced;
import dev.firedrill.reports.record.DrillRecord.Judged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads judgements, and rebuilds a drill's verdict from them. */
public final class Judgements {
    private Judgements() {}

    /** Reads the data of a judgement; a verdict that is not known says nothing. */
    public static Judged read(Details details, Duration at) {
        return new Judged(
                details.text("expectation"),
                details.text("label"),
                details.text("step"),
                at,
                new Judgement(
                        details.firstText("text", "expectation"),
                        kind(details.text("kind")),
                        verdictOr(details.text("verdict"), Verdict.INCONCLUSIVE),
                        details.text("reason"),
                        details.texts("evidence"),
                        details.millis("deadlineMs").orElse(null),
                        details.millis("tookMs").orElse(null)));
    }

    /** The worst judgement; nothing can be said without any, or while a fault is not proven. */
    static Verdict rebuilt(List<Judged> judgements, List<FaultRecord> faults) {
        List<Verdict> verdicts = new ArrayList<>();
        judgements.forEach(each -> verdicts.add(each.judgement().verdict()));
        if (faults.stream().anyMatch(FaultRecord::isUnproven)) {
            verdicts.add(Verdict.INCONCLUSIVE);
        }
        return Verdict.worst(verdicts);
    }

    static List<Announced> unjudged(List<Announced> expected, List<Judged> judgements) {
        Set<String> judged = new HashSet<>();
        judgements.forEach(each -> {
            judged.add(each.id());
            judged.add(each.judgement().expectation());
        });
        return expected.stream()
                .filter(each -> !judged.contains(each.id()) && !judged.contains(each.text()))
                .toList();
    }

    /** A verdict by its name; a name that is not known says nothing. */
    static @Nullable Verdict verdict(String word) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equalsIgnoreCase(word)) {
                return verdict;
            }
        }
        return null;
    }

    static Verdict verdictOr(String word, Verdict otherwise) {
        Verdict verdict = verdict(word);
        return verdict == null ? otherwise : verdict;
    }

    static ExpectationKind kind(String word) {
        return ExpectationKind.EFFECT.name().equals(word.toUpperCase(Locale.ROOT))
                ? ExpectationKind.EFFECT
                : ExpectationKind.INVARIANT;
    }
}
