package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a check words its outcome: what it found wrong comes first, then what it could not see, then that all is well.
 */
final class Finding {
    private Finding() {}

    /**
     * @param wrong what is wrong, a sentence each
     * @param advice what to do about it
     * @param starved why nothing can be said, if so
     * @param fine what to say if nothing is wrong
     */
    static Judgement of(
            String expectation,
            List<String> wrong,
            String advice,
            Optional<String> starved,
            String fine,
            List<String> evidence) {
        if (!wrong.isEmpty()) {
            String more = wrong.size() == 1 ? "" : " (and " + (wrong.size() - 1) + " more)";
            return judgement(expectation, Verdict.FAIL, capital(wrong.get(0)) + more + "; " + advice, wrong);
        }
        return starved.map(reason -> inconclusive(expectation, reason))
                .orElseGet(() -> judgement(expectation, Verdict.PASS, capital(fine), evidence));
    }

    static Judgement inconclusive(String expectation, String reason) {
        return judgement(expectation, Verdict.INCONCLUSIVE, "No verdict: " + reason, List.of());
    }

    static Judgement judgement(String expectation, Verdict verdict, String reason, List<String> evidence) {
        return new Judgement(expectation, ExpectationKind.INVARIANT, verdict, reason, evidence, null, null);
    }

    /** Which window is starved, or why the target's state at the end is not known: it must have been read last. */
    static Optional<String> starved(Windows windows, WorkHistory history) {
        return windows.starved(history).or(() -> blind(history));
    }

    /** Why the target's state at the end is not known. */
    static Optional<String> blind(WorkHistory history) {
        Optional<Duration> last = history.lastLook();
        if (last.isEmpty()) {
            return Optional.of("the target was never read" + why(history));
        }
        String read = "the target was last read at " + Durations.words(last.get());
        return history.accepted().stream()
                .map(Operation::completed)
                .filter(completed -> completed.compareTo(last.get()) > 0)
                .findFirst()
                .map(completed -> read + ", before the last change was accepted" + why(history))
                .or(() -> history.lastFailure().map(look -> read + ", and could not be read since" + why(history)));
    }

    private static String why(WorkHistory history) {
        return history.looks().stream()
                .filter(look -> !look.ok())
                .reduce((first, second) -> second)
                .map(look -> " (" + look.detail() + ")")
                .orElse("");
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** {@code 1 change}, {@code 3 changes}. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
