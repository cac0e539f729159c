package dev.firedrill.reports.record;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a drill without its faults.
 *
 * @param state whether it held, and how that is known
 * @param reason in one line
 * @param fingerprint of what was run; or empty
 * @param tookOrNull how long it took, if it was run
 * @param runs one without any fault, and two more for each latent one; none if it was not run now
 */
public record PlaceboRecord(
        State state,
        String reason,
        String fingerprint,
        @Nullable Duration tookOrNull,
        List<Run> runs) {
    public PlaceboRecord {
        runs = List.copyOf(runs);
    }

    /** Whether a placebo held, and how that is known. */
    public enum State {
        HELD("placebo held"),
        BROKEN("placebo did not hold"),
        RECORDED("placebo held, by its record"),
        SKIPPED("no placebo");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For a mark beside the verdict. */
        public String words() {
            return words;
        }
    }

    /**
     * One run without faults.
     *
     * @param leaves what of the faults was still done: {@code "nothing injected"}
     */
    public record Run(String leaves, List<Expected> expectations) {
        public Run {
            expectations = List.copyOf(expectations);
        }
    }

    /**
     * What came of one expectation.
     *
     * @param held whether it came as it must: an effect did not pass, an invariant did
     */
    public record Expected(String text, ExpectationKind kind, Verdict verdict, String reason, boolean held) {}

    static PlaceboRecord read(Details details) {
        return new PlaceboRecord(
                state(details.text("state")),
                details.text("reason"),
                details.text("fingerprint"),
                details.millis("tookMs").orElse(null),
                details.children("runs").stream().map(PlaceboRecord::run).toList());
    }

    private static Run run(Details run) {
        return new Run(
                run.text("leaves"),
                run.children("expectations").stream()
                        .map(each -> new Expected(
                                each.text("text"),
                                Judgements.kind(each.text("kind")),
                                Judgements.verdictOr(each.text("verdict"), Verdict.INCONCLUSIVE),
                                each.text("reason"),
                                each.isTrue("held")))
                        .toList());
    }

    private static State state(String word) {
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state;
            }
        }
        return State.SKIPPED;
    }
}
