package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Alerts that were judged to be resolved stay so, to be judged at the end of a drill: one that only paused is none that
 * has resolved. Until the drill changes something again they may not fire past their deadline; what fires later must be
 * resolved at the end, unless the drill demands that it fires.
 */
public final class StaysResolvedCheck implements Check {
    private final List<Lull> lulls;

    private StaysResolvedCheck(List<Lull> lulls) {
        this.lulls = lulls;
    }

    /** Of what these checks judged to be resolved in the events; empty if nothing was. */
    static Optional<StaysResolvedCheck> of(List<Check> checks, List<TimelineEvent> events) {
        List<FiresCheck> demanded = checks.stream()
                .filter(FiresCheck.class::isInstance)
                .map(FiresCheck.class::cast)
                .toList();
        List<Lull> lulls = checks.stream()
                .filter(ResolvesCheck.class::isInstance)
                .flatMap(check -> Lull.of((ResolvesCheck) check, demanded, events).stream())
                .toList();
        return lulls.isEmpty() ? Optional.empty() : Optional.of(new StaysResolvedCheck(lulls));
    }

    @Override
    public String expectation() {
        return "alerts that resolved do not fire again";
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.INVARIANT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        for (Lull lull : lulls) {
            List<ReceivedAlert> relapsed = lull.relapsed(events);
            if (!relapsed.isEmpty()) {
                return again(lull, relapsed, "though the drill had changed nothing since");
            }
        }
        for (Lull lull : lulls) {
            List<ReceivedAlert> standing = List.copyOf(lull.standing(events));
            if (!standing.isEmpty()) {
                return again(lull, standing, "and still fires at the end of the drill");
            }
        }
        return quiet(events);
    }

    /** Whether time may still make it pass: not if one fired again by itself. */
    public boolean mayStillPass(List<TimelineEvent> events) {
        return lulls.stream().allMatch(lull -> lull.relapsed(events).isEmpty());
    }

    private Judgement again(Lull lull, List<ReceivedAlert> alerts, String how) {
        Judgements judgements = new Judgements(this, lull.resolves().match(), null);
        return judgements.of(
                Verdict.FAIL,
                judgements.subject() + " was judged to be resolved at "
                        + lull.judged().at() + ", fired again at "
                        + alerts.get(0).receivedAt() + ", " + how + "; " + Judgements.SOURCE
                        + "; is what it watches healthy, or did its monitor only start anew?",
                alerts,
                null);
    }

    private Judgement quiet(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, AlertMatch.any(), null);
        Instant last = lulls.stream()
                .map(lull -> lull.lastChange(events))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Optional<Instant> read = AlertHistory.readUntil(events);
        if (read.isEmpty() || read.get().isBefore(last)) {
            return judgements.inconclusive(
                    "Nothing that resolved fired again, but the pager's inbox was "
                            + read.map(until -> "read only until " + until).orElse("never read")
                            + ", and the drill went on until " + last + "; was the agent reachable?",
                    List.of());
        }
        Instant first = lulls.get(0).judged().at();
        Optional<String> doubt = CanaryHistory.doubt(events, first);
        return doubt.isPresent()
                ? judgements.inconclusive(
                        "Nothing that resolved fired again, but the pager cannot be trusted: " + doubt.get(), List.of())
                : judgements.of(Verdict.PASS, watched(read.get()), List.of(), null);
    }

    private String watched(Instant read) {
        return "Not delivered again: "
                + String.join(
                        ", ",
                        lulls.stream()
                                .map(lull -> lull.resolves().match().description() + " for "
                                        + Durations.words(
                                                Duration.between(lull.judged().at(), read)))
                                .toList())
                + "; " + Judgements.SOURCE;
    }
}
