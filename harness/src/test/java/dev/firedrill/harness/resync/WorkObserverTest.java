package dev.firedrill.harness.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkObserverTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final Journal journal = Journal.inMemory(Timekeeper.system());
    private final Target target = new Target();

    private static final class Target implements WorkTarget {
        final List<Apply> log = new CopyOnWriteArrayList<>();
        volatile Optional<Content> welcome = Optional.of(new Content(1, "hello"));
        volatile @Nullable String broken;
        int comesBackAfter = Integer.MAX_VALUE;

        void apply(long sequence, String change, long version, String value) {
            log.add(new Apply(sequence, change, "welcome", version, Apply.Action.APPLIED, value));
            welcome = Optional.of(new Content(version, value));
        }

        @Override
        public List<Apply> appliesAfter(long cursor) throws IOException {
            if (broken != null && comesBackAfter-- > 0) {
                throw new IOException(broken);
            }
            return log.stream().filter(entry -> entry.sequence() > cursor).toList();
        }

        @Override
        public Optional<Content> content(String key) {
            return welcome;
        }
    }

    private List<Map<String, Object>> written(String type) {
        return journal.events().stream()
                .filter(event -> event.type().equals(type))
                .map(TimelineEvent::data)
                .toList();
    }

    @Test
    void leaves_out_what_was_applied_before_it_started() {
        target.apply(1, "old", 1, "hello");
        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), NEVER)) {
            target.apply(2, "c-1", 2, "good day");
            assertThat(observer.look()).isTrue();
        }

        assertThat(written(EventType.WORK_APPLIED))
                .containsExactly(Map.of(
                        "change",
                        "c-1",
                        "key",
                        "welcome",
                        "version",
                        2L,
                        "targetSequence",
                        2L,
                        "action",
                        "applied",
                        "value",
                        "good day"));
    }

    @Test
    void writes_content_when_it_changes() {
        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), NEVER)) {
            observer.look();
            target.welcome = Optional.empty();
            observer.look();
        }

        assertThat(written(EventType.WORK_CONTENT))
                .containsExactly(
                        Map.of("key", "welcome", "present", true, "version", 1L, "value", "hello"),
                        Map.of("key", "welcome", "present", false));
    }

    @Test
    void follows_by_itself() {
        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), Duration.ofMillis(5))) {
            target.apply(1, "c-1", 2, "good day");

            await().untilAsserted(
                            () -> assertThat(written(EventType.WORK_CONTENT)).hasSize(2));
            assertThat(written(EventType.WORK_APPLIED)).hasSize(1);
            assertThat(observer.look()).isTrue();
        }
    }

    @Test
    void tells_that_it_could_not_look_and_why() {
        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), NEVER)) {
            target.broken = "connection refused";
            assertThat(observer.look()).isFalse();
        }

        assertThat(written(EventType.WORK_OBSERVED))
                .containsExactly(
                        Map.of("looks", 1L, "cursor", 0L, "ok", true),
                        Map.of("looks", 2L, "cursor", 0L, "ok", false, "detail", "connection refused"));
    }

    @Test
    void waits_for_a_target_whose_routes_are_not_there_yet() {
        target.broken = "connection refused";
        target.comesBackAfter = 3;

        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), NEVER)) {
            assertThat(observer.look()).isTrue();
        }
    }

    @Test
    void refuses_a_target_that_cannot_be_read_at_all() {
        target.broken = "connection refused";

        Duration patience = Duration.ofMillis(200);
        assertThatThrownBy(() -> WorkObserver.start(target, journal, List.of("welcome"), NEVER, patience))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("The target of delayed work cannot be read (connection refused); is it ready?");
    }

    @Test
    void does_not_trust_a_log_that_falls_back() {
        try (WorkObserver observer = WorkObserver.start(target, journal, List.of("welcome"), NEVER)) {
            target.apply(5, "c-1", 2, "good day");
            target.apply(4, "c-2", 3, "good evening");
            assertThat(observer.look()).isFalse();
        }

        assertThat(written(EventType.WORK_OBSERVED).get(1))
                .containsEntry("detail", "the target's log does not rise: entry 4 after 5; was its state lost?");
    }
}
