package dev.firedrill.harness.incident;

import static dev.firedrill.harness.incident.TestVocabulary.vocabulary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.drill.Figure;
import dev.firedrill.harness.drill.Remedy;
import dev.firedrill.harness.drill.Step;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Path KNOCK = Path.of("../scenarios/src/main/resources/incidents/knock-2024-06-03.yaml");

    private final Incident incident = IncidentFile.read(KNOCK, vocabulary());
    private final Replay replay = Replay.of(incident, new ConfiguredSystem(), FaultCatalogue.standard());

    private static List<String> ids(Drill drill) {
        return drill.steps().stream().map(Step::id).toList();
    }

    private static List<String> expectations(Drill drill) {
        return drill.expectations().stream()
                .map(expectation -> expectation.check().expectation())
                .toList();
    }

    private static String configuration(Drill drill, String name) {
        return drill.steps().stream()
                .map(Step::action)
                .filter(Action.Reconfigure.class::isInstance)
                .map(Action.Reconfigure.class::cast)
                .filter(change -> change.name().contains(name))
                .map(change -> change.change().describe().parameters().toString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_step_of_the_incident_begins_with_its_row_of_the_record() {
        Drill drill = replay.drill();

        List<String> rows = drill.steps().stream()
                .filter(step -> step.action() instanceof Action.Narrate)
                .map(Step::id)
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(incident.timeline().stream()
                        .filter(step -> step.condition().equals(Condition.ALWAYS))
                        .map(IncidentStep::id)
                        .toList());
        Step resync = drill.steps().get(ids(drill).indexOf("resync"));
        assertThat(resync.caption().recordAt()).isEqualTo("2024-06-03T22:36:00-04:00");
        assertThat(resync.caption().who())
                .isEqualTo("customers: a dashboard without data; callers of the API: nothing");
    }

    @Test
    void faults_are_planted_triggered_and_put_back_in_that_order() {
        List<String> titles = replay.drill().steps().stream()
                .map(step -> step.caption().title())
                .filter(title -> title.contains("wrong internal route"))
                .toList();

        assertThat(titles)
                .containsExactly(
                        "plant: wrong internal route",
                        "trigger: wrong internal route",
                        "put back: wrong internal route");
    }

    @Test
    void without_remedies_silence_is_expected_and_with_one_its_page() {
        String silence = "nobody is paged from the fault 'wrong internal route' to the start of step 'blind.3'";
        String page =
                "alert 'InternalRouteDown' {edge=dashboard->api:8080} fires within 3 s of the fault 'wrong internal"
                        + " route'";

        assertThat(expectations(replay.drill())).contains(silence).doesNotContain(page);
        assertThat(expectations(replay.with(List.of("internal-monitor")).drill()))
                .contains(page)
                .doesNotContain(silence);
    }

    @Test
    void expectations_have_a_short_sentence_for_people_and_belong_to_their_row() {
        Drill drill = replay.drill();

        assertThat(drill.expectations())
                .extracting(Expectation::label)
                .contains(
                        "every change made before arrives",
                        "IngressControllerDown pages",
                        "internal route: requests fail",
                        "internal route: every request fails, since 22:36",
                        "public API: no request fails, since 20:37",
                        "accepted changes have not arrived",
                        "nobody is paged, since 22:36",
                        "no late change overwrites a newer one")
                .doesNotContain("");
        assertThat(drill.afterwards()).extracting(Expectation::step).containsExactly("blind", "monitor-added");
    }

    @Test
    void what_counts_since_a_step_that_is_not_replayed_is_refused() {
        assertRefused(
                text().replace("{drift: none, when: drain-before-all-clear}", "{drift: some, since: drained}"),
                "{drift: some, since: drained}",
                "step 'all-clear' expects something since step 'drained', which is not part of the replay with these"
                        + " remedies; give both the same when and unless");
    }

    @Test
    void the_time_in_which_changes_arrive_is_a_deadline() {
        assertThat(expectations(replay.drill()))
                .contains("every change accepted before arrives within 2 s of the planting of 'wrong internal route'");
    }

    @Test
    void a_row_keeps_how_long_it_lasted_and_whether_its_time_was_chosen() {
        Drill drill = replay.drill();
        Step mistake = drill.steps().get(ids(drill).indexOf("mistake"));
        Step blind = drill.steps().get(ids(drill).indexOf("blind"));

        assertThat(mistake.caption().assumed()).isTrue();
        assertThat(blind.caption().recordUntil()).isEqualTo("2024-06-04T02:18:00-04:00");
        assertThat(blind.caption().assumed()).isFalse();
    }

    @Test
    void a_remedy_that_is_a_change_of_procedure_adds_its_step() {
        assertThat(ids(replay.drill())).doesNotContain("drained");
        assertThat(ids(replay.with(List.of("drain-before-all-clear")).drill())).contains("drained");
    }

    @Test
    void remedies_are_named_in_the_drill() {
        Drill drill = replay.with(List.of("canary-change", "internal-monitor")).drill();

        assertThat(drill.name()).isEqualTo("knock-2024-06-03+internal-monitor+canary-change");
        assertThat(drill.title()).isEqualTo("Dashboard data not loading, with internal-monitor, canary-change");
        assertThat(replay.drill().title()).isEqualTo("Dashboard data not loading, as it happened");
        assertThat(drill.remedies())
                .filteredOn(Remedy::on)
                .containsExactly(
                        new Remedy("internal-monitor", "a monitor of the internal route, with its data", true),
                        new Remedy(
                                "canary-change",
                                "a canary change, followed from the dashboard to the public API",
                                true));
        assertThat(drill.remedies())
                .extracting(Remedy::name)
                .containsExactly("internal-monitor", "backlog-alert", "canary-change", "drain-before-all-clear");
    }

    @Test
    void an_unknown_remedy_is_refused() {
        assertThatThrownBy(() -> replay.with(List.of("internal-moniter")))
                .hasMessage("unknown remedy \"internal-moniter\" of incident knock-2024-06-03; allowed:"
                        + " internal-monitor, backlog-alert, canary-change, drain-before-all-clear; did you mean"
                        + " \"internal-monitor\"?");
    }

    @Test
    void a_scale_out_of_range_is_refused() {
        for (int factor : List.of(0, 100_001)) {
            assertThatThrownBy(() -> replay.atScale(factor))
                    .hasMessage("the scale is out of range: " + factor + "; allowed: 1 to 100000");
        }
    }

    @Test
    void intervals_are_scaled_and_the_changes_of_operators_build_on_them() {
        Drill drill = replay.drill();

        assertThat(configuration(drill, "monitor-config"))
                .contains("checks[public-api].interval=250ms", "checks[backlog].expect.below=2")
                .contains("checks[canary-change].follow.within=2s");
        assertThat(configuration(drill, "dashboard-config")).contains("retry.initialDelay=50ms");
        assertThat(configuration(drill, "mitigated"))
                .contains("api.url=http://ingress:8080", "api.host=api.example.com");
        assertThat(configuration(drill, "monitor-added")).isEqualTo("{checks[internal-route].enabled=true}");
    }

    @Test
    void a_setting_that_the_system_does_not_have_is_refused_before_anything_starts() {
        assertRefused(
                text().replace("checks[backlog].enabled", "checks[backlock].enabled"),
                "checks[backlock]",
                "ConfigMap monitor-config, monitor.yaml: has no \"backlock\", which"
                        + " \"checks[backlock].enabled\" needs; allowed: public-api,"
                        + " ingress-controller, internal-route, backlog, canary-change; did you mean \"backlog\"?",
                "backlog-alert");
        assertRefused(
                text().replace("checks[backlog].enabled", "checks[backlog].enabld"),
                "checks[backlog].enabld",
                "ConfigMap monitor-config, monitor.yaml: has no \"enabld\", which \"checks[backlog].enabld\" needs;"
                        + " allowed: name, enabled, interval, expect; to add it, write +checks[backlog].enabld; did"
                        + " you mean \"enabled\"?",
                "backlog-alert");
        assertRefused(
                text().replace("checks[backlog].interval", "checks[backlog].intervall"),
                "checks[backlog].intervall",
                "ConfigMap monitor-config, monitor.yaml: has no \"intervall\", which \"checks[backlog].intervall\""
                        + " needs; allowed: name, enabled, interval, expect; to add it, write"
                        + " +checks[backlog].intervall; did you mean \"interval\"?");
        assertRefused(
                text().replace("configMap: dashboard-config", "configMap: dashbord-config"),
                "configMap: dashbord-config",
                "the system has no ConfigMap \"dashbord-config\"; allowed: monitor-config, dashboard-config,"
                        + " ingress-class-internal, ingress-controller; did you mean \"dashboard-config\"?");
    }

    private static void assertRefused(String text, String culprit, String complaint, String... remedies) {
        long line = text.substring(0, text.indexOf(culprit)).lines().count();
        Incident other = IncidentFile.parse("other.yaml", text, vocabulary());

        assertThatThrownBy(() -> Replay.of(other, new ConfiguredSystem(), FaultCatalogue.standard())
                        .with(List.of(remedies))
                        .drill())
                .hasMessage("other.yaml:" + line + ": " + complaint);
    }

    private static String text() {
        try {
            return Files.readString(KNOCK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void at_a_scale_of_one_the_intervals_are_the_real_ones() {
        Drill drill = replay.atScale(1).drill();

        assertThat(configuration(drill, "monitor-config"))
                .contains("checks[public-api].interval=60s", "checks[backlog].expect.below=480");
        assertThat(expectations(
                        replay.with(List.of("internal-monitor")).atScale(1).drill()))
                .anyMatch(text -> text.contains("'InternalRouteDown'") && text.contains("within 10 min 1 s"));
    }

    @Test
    void secrets_are_taken_from_the_system() {
        assertThat(replay.drill().probes())
                .filteredOn(probe -> probe.name().equals("internal route"))
                .singleElement()
                .satisfies(probe -> assertThat(probe.headers()).containsEntry("Authorization", "Bearer s3cret"));
    }

    @Test
    void a_detection_is_also_told_at_the_real_intervals_and_a_step_of_people_by_the_record() {
        FixedClock clock = new FixedClock();
        Journal journal = Journal.inMemory(clock);
        step(journal, "resync");
        clock.now = clock.now.plusMillis(800);
        journal.append(
                "agent",
                EventType.ALERT_RECEIVED,
                Map.of("alert", "InternalRouteDown", "status", "firing", "labels", Map.of(), "canary", false));
        clock.now = clock.now.plusMillis(1200);
        step(journal, "acknowledged");
        step(journal, "mitigated");

        Figure page = figure("time-to-page");
        assertThat(page.value().apply(journal.events())).contains(800L);
        assertThat(page.unscaled().apply(journal.events())).contains(Duration.ofMillis(800 + 3 * (60_000 - 250)));
        assertThat(page.record()).isEmpty();
        Figure mitigate = figure("time-to-mitigate");
        assertThat(mitigate.value().apply(journal.events())).contains(2000L);
        assertThat(mitigate.unscaled().apply(journal.events())).contains(Duration.ofMinutes(303));
        assertThat(mitigate.record()).contains(Duration.ofMinutes(303));
        assertThat(figure("time-to-acknowledge").value().apply(journal.events()))
                .contains(800L);
    }

    @Test
    void figures_are_empty_where_it_never_came_to_them() {
        for (Figure figure : replay.drill().figures()) {
            assertThat(figure.value().apply(List.of())).as(figure.name()).isEmpty();
            assertThat(figure.unscaled().apply(List.of())).as(figure.name()).isEmpty();
        }
    }

    private Figure figure(String name) {
        return replay.drill().figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void step(Journal journal, String id) {
        journal.append("harness", EventType.STEP_STARTED, Map.of("step", id));
    }

    private static final class FixedClock implements Timekeeper {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public Duration elapsed() {
            return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now);
        }
    }
}
