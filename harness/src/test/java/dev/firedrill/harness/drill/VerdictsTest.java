package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Expectation QUIET = Expectation.now(new Always("silence to the letter"))
            .called("nobody is paged")
            .of("row");
    private static final Expectation PLAIN = Expectation.now(new Always("the route answers"));

    private final Journal journal = Journal.inMemory(Timekeeper.system());

    /** Holds whatever happens. */
    private record Always(String expectation) implements Check {
        @Override
        public ExpectationKind kind() {
            return ExpectationKind.INVARIANT;
        }

        @Override
        public Judgement judge(List<TimelineEvent> events) {
            return new Judgement(expectation, kind(), Verdict.PASS, "so it is", List.of(), null, null);
        }
    }

    private Verdicts verdicts() {
        Drill drill = Drill.named("drill")
                .step(Caption.of("looks"), new Action.Demand(List.of(PLAIN, QUIET)))
                .remedy(new Remedy("monitor", "a monitor inside", true))
                .build();
        Verdicts verdicts = new Verdicts(journal, drill, false);
        verdicts.announce();
        return verdicts;
    }

    private List<TimelineEvent> events(String type) {
        return journal.events().stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    @Test
    void what_is_announced_and_what_is_judged_share_an_id() throws InterruptedException {
        Verdicts verdicts = verdicts();
        verdicts.add(Verdicts.ofHarness("the fault takes effect", ExpectationKind.EFFECT, Verdict.PASS, "seen"));
        verdicts.judge(List.of(QUIET));
        verdicts.judge(List.of(PLAIN));

        TimelineEvent announced = events(EventType.DRILL_STARTED).get(0);
        assertThat(announced.data().get("expectations"))
                .isEqualTo(List.of(
                        Map.of("id", "e1", "text", "the route answers", "kind", "invariant"),
                        Map.of(
                                "id",
                                "e2",
                                "text",
                                "silence to the letter",
                                "kind",
                                "invariant",
                                "label",
                                "nobody is paged",
                                "step",
                                "row")));
        assertThat(events(EventType.EXPECTATION_JUDGED))
                .extracting(event -> event.text("expectation"))
                .containsExactly("own-1", "e2", "e1");
    }

    @Test
    void a_verdict_belongs_to_the_step_that_it_speaks_of_else_to_that_in_which_it_was_judged()
            throws InterruptedException {
        Verdicts verdicts = verdicts();
        verdicts.enterStep("s1");
        verdicts.judge(List.of(QUIET));
        verdicts.judge(List.of(PLAIN));

        assertThat(events(EventType.EXPECTATION_JUDGED))
                .extracting(event -> event.text("step"), event -> event.text("label"))
                .containsExactly(tuple("row", "nobody is paged"), tuple("s1", ""));
    }

    @Test
    void remedies_are_announced_with_their_titles() {
        verdicts();

        assertThat(events(EventType.DRILL_STARTED).get(0).data().get("remedies"))
                .isEqualTo(List.of(Map.of("name", "monitor", "title", "a monitor inside", "on", true)));
    }

    @Test
    void what_a_step_brought_about_is_one_sentence() {
        journal.append("harness", EventType.WORK_OPERATION, Map.of("phase", "ok"));
        journal.append("harness", EventType.WORK_OPERATION, Map.of("phase", "fail"));
        journal.append("harness", EventType.FAULT_PROVEN, Map.of("evidence", "HTTP 503"));
        journal.append("harness", EventType.FAULT_UNDONE, Map.of("fault", "it"));
        journal.append("harness", EventType.FAULT_UNDONE, Map.of("fault", "it"));

        assertThat(Measured.in(journal.events())).isEqualTo("1 change accepted; HTTP 503; put back");
        assertThat(Measured.in(List.of())).isEmpty();
    }

    @Test
    void patience_is_kept_when_an_expectation_gets_a_label() {
        assertThat(Expectation.within(Duration.ofSeconds(3), new Always("x"))
                        .called("y")
                        .patience())
                .isEqualTo(Duration.ofSeconds(3));
    }
}
