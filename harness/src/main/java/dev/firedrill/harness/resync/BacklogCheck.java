package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An operator's request names every accepted change that the target lacks, one by one: the backlog is known before it
 * is worked off. A request while nothing was absent gets no verdict.
 *
 * @param method of the request
 * @param url of the request
 * @param since the last such request from this moment on counts
 */
public record BacklogCheck(String method, String url, Moment since) implements WorkCheck {
    @Override
    public String expectation() {
        return method + " " + url + " names every accepted change that is absent from the target";
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.EFFECT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Optional<Instant> from = since.in(events);
        Optional<TimelineEvent> answer = events.stream()
                .filter(event -> event.type().equals(EventType.REQUEST_ANSWERED))
                .filter(event ->
                        from.filter(begin -> !event.at().isBefore(begin)).isPresent())
                .filter(event ->
                        event.text("method").equals(method) && event.text("url").equals(url))
                .reduce((first, second) -> second);
        if (answer.isEmpty()) {
            return judgement(
                    Verdict.INCONCLUSIVE, "No verdict: it was not asked since " + since.description(), List.of());
        }
        List<?> named = answer.get().data().get("changes") instanceof List<?> list ? list : List.of();
        WorkHistory history = WorkHistory.of(events);
        Optional<String> blind = history.blindAt(answer.get().received());
        if (blind.isPresent()) {
            return judgement(Verdict.INCONCLUSIVE, "No verdict: " + blind.get(), List.of());
        }
        List<Operation> absent = history.accepted().stream()
                .filter(change -> change.completed().compareTo(answer.get().received()) <= 0)
                .filter(change -> !history.settled(change, answer.get().received()))
                .toList();
        if (absent.isEmpty()) {
            return judgement(
                    Verdict.INCONCLUSIVE, "No verdict: every accepted change was at the target by then", List.of());
        }
        List<String> unnamed = absent.stream()
                .filter(change -> !named.contains(change.change()))
                .map(Operation::inWords)
                .toList();
        if (unnamed.isEmpty()) {
            return judgement(
                    Verdict.PASS,
                    "It named " + Finding.count(named.size(), "change") + ", among them all " + absent.size()
                            + " that were absent from the target",
                    absent.stream().map(Operation::inWords).toList());
        }
        return judgement(
                Verdict.FAIL,
                "It did not name " + unnamed.get(0)
                        + (unnamed.size() == 1 ? "" : " (and " + (unnamed.size() - 1) + " more)")
                        + ", which the target lacks; did the source forget the job?",
                unnamed);
    }

    /** The accepted changes of a journal that an answer names, by the source's ids. */
    public static List<String> named(List<TimelineEvent> events, String answer) {
        return WorkHistory.named(events, answer);
    }

    private Judgement judgement(Verdict verdict, String reason, List<String> evidence) {
        return new Judgement(expectation(), kind(), verdict, reason, evidence, null, null);
    }
}
