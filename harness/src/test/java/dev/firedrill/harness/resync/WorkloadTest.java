package dev.firedrill.harness.resync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private final Journal journal = Journal.inMemory(Timekeeper.system());
    private final Deque<Submission> answers = new ArrayDeque<>();

    private Workload workload(long seed) {
        return new Workload((key, value) -> answers.remove(), journal, seed, List.of("welcome"));
    }

    private List<Map<String, Object>> ledger() {
        return journal.events().stream()
                .filter(event -> event.type().equals(EventType.WORK_OPERATION))
                .map(TimelineEvent::data)
                .toList();
    }

    @Test
    void writes_its_seed_down() {
        workload(42);

        assertThat(journal.events().get(0).data()).isEqualTo(Map.of("seed", 42L, "keys", List.of("welcome")));
    }

    @Test
    void writes_a_change_down_before_and_after_it_is_accepted() {
        answers.add(new Submission.Accepted("c-1", 7));

        assertThat(workload(42).edit("during", List.of("welcome"))).isEqualTo(1);

        assertThat(ledger()).hasSize(2);
        assertThat(ledger().get(0))
                .containsEntry("operation", 1)
                .containsEntry("process", "editor-1")
                .containsEntry("window", "during")
                .containsEntry("key", "welcome")
                .containsEntry("action", "set")
                .containsEntry("phase", "invoke")
                .doesNotContainKey("version");
        assertThat(ledger().get(1))
                .containsAllEntriesOf(Map.of("operation", 1, "phase", "ok", "change", "c-1", "version", 7L))
                .containsEntry("value", ledger().get(0).get("value"));
    }

    @Test
    void goes_on_as_another_process_after_an_unknown_outcome() {
        answers.add(new Submission.Unknown("timed out after 1 s"));
        answers.add(new Submission.Refused("409 Conflict"));
        Workload work = workload(42);

        assertThat(work.edit("during", List.of("welcome"))).isZero();
        assertThat(work.delete("during", List.of("welcome"))).isZero();

        assertThat(ledger().get(1)).containsEntry("phase", "info").containsEntry("detail", "timed out after 1 s");
        assertThat(ledger().get(3))
                .containsEntry("process", "editor-2")
                .containsEntry("action", "delete")
                .containsEntry("phase", "fail")
                .containsEntry("detail", "409 Conflict")
                .doesNotContainKey("value");
    }

    @Test
    void takes_whatever_a_source_throws_for_an_unknown_outcome() {
        Workload work = new Workload(
                (key, value) -> {
                    throw new IllegalStateException("connection reset");
                },
                journal,
                42,
                List.of("welcome"));

        work.edit("during", List.of("welcome"));

        assertThat(ledger().get(1)).containsEntry("phase", "info").containsEntry("detail", "connection reset");
    }

    @Test
    void gives_every_edit_a_value_of_its_own() {
        WorkSource source = (key, value) -> new Submission.Accepted(key, 1);
        Workload work = new Workload(source, journal, 42, List.of("welcome"));
        for (int i = 0; i < 50; i++) {
            work.edit("during", List.of("welcome", "digest"));
        }

        assertThat(ledger().stream()
                        .map(data -> Optional.ofNullable(data.get("value")))
                        .distinct())
                .hasSize(100)
                .doesNotContain(Optional.empty());
    }
}
