package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.incident.IncidentFigure.Elapsed;
import dev.firedrill.harness.model.Durations;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The incident that comes along is complete: every row of its record is a step. */
class KnockIncidentTest {
    private static final Path FILE = Path.of("../scenarios/src/main/resources/incidents/knock-2024-06-03.yaml");

    private final Incident incident = IncidentFile.read(FILE, TestVocabulary.vocabulary());

    @Test
    void every_row_of_the_record_is_a_step_at_its_time() {
        assertThat(incident.timeline().stream()
                        .filter(step -> !step.time().assumed())
                        .map(step -> step.time().inWords()))
                .containsExactly(
                        "3 June 20:37",
                        "3 June 22:36",
                        "3 June 22:36 to 02:18",
                        "3 June 23:27",
                        "4 June 02:18",
                        "4 June 02:25",
                        "4 June 02:38",
                        "4 June 03:00",
                        "4 June 03:22",
                        "4 June 03:29",
                        "4 June 03:39",
                        "4 June 03:52",
                        "4 June 04:00 to 09:49",
                        "4 June 04:01",
                        "4 June 05:46",
                        "4 June 09:49",
                        "4 June 10:32",
                        "4 June 10:38",
                        "4 June 10:49");
    }

    @Test
    void the_durations_that_the_record_tells_follow_from_its_times() {
        assertThat(since("resync", "first-mention")).isEqualTo("51 min");
        assertThat(since("resync", "acknowledged")).isEqualTo("3 h 42 min");
        assertThat(since("resync", "engineer-paged")).isEqualTo("3 h 49 min");
        assertThat(since("resync", "mitigated")).isEqualTo("5 h 3 min");
        assertThat(since("resync", "retried")).isEqualTo("12 h 13 min");
        assertThat(since("all-clear", "drift-found")).isEqualTo("4 h 46 min");
        assertThat(since("all-clear", "retried")).isEqualTo("5 h 3 min");
    }

    private String since(String from, String to) {
        return Durations.words(incident.step(from).time().to(incident.step(to).time()));
    }

    @Test
    void every_remedy_changes_what_is_expected_or_done() {
        assertThat(incident.remedies())
                .containsExactly("internal-monitor", "backlog-alert", "canary-change", "drain-before-all-clear");
        Set<Condition> conditions = new HashSet<>();
        incident.timeline().forEach(step -> {
            conditions.add(step.condition());
            step.actions().forEach(action -> {
                if (action instanceof StepAction.Observe observe) {
                    observe.expectations().forEach(expectation -> conditions.add(expectation.condition()));
                }
            });
        });
        assertThat(incident.remedies()).allSatisfy(remedy -> assertThat(conditions)
                .anyMatch(condition -> condition.when().contains(remedy)));
    }

    @Test
    void everything_that_is_declared_is_used() {
        List<StepAction> actions = incident.timeline().stream()
                .flatMap(step -> step.actions().stream())
                .toList();
        String used = actions.toString() + incident.cast().remedies();
        Cast cast = incident.cast();
        assertThat(List.of(
                        cast.probes().keySet(),
                        cast.alerts().keySet(),
                        cast.faults().keySet(),
                        cast.changes().keySet(),
                        cast.requests().keySet()))
                .allSatisfy(names -> assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(used)
                        .contains(name)));
    }

    @Test
    void the_scale_keeps_the_real_intervals() {
        assertThat(Durations.words(incident.scale().scaled(incident.scale().interval())))
                .isEqualTo("250 ms");
        assertThat(incident.figures().stream()
                        .filter(Elapsed.class::isInstance)
                        .map(figure -> ((Elapsed) figure).recordedAt().orElse("never")))
                .containsExactly("never", "acknowledged", "mitigated", "retried", "retried");
    }
}
