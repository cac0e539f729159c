package dev.firedrill.harness.drill;

import static dev.firedrill.harness.drill.Demands.alert;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Timekeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceboTest {
    private static final Drill LATENT = Drill.named("latent")
            .plant("mistake", BrokenService.selectingNothing("api", 8080))
            .inject("restart", PodRestart.of(Map.of("app", "monitor")))
            .trigger("mistake", PodRestart.of(Map.of("app", "api")))
            .expect(alert("Down").firesWithin(ofSeconds(5)))
            .undo("mistake")
            .build();

    private static final Drill TWO = Drill.named("two")
            .inject("one", BrokenService.selectingNothing("api", 8080))
            .expect(alert("One").firesWithin(ofSeconds(5)))
            .inject("two", BrokenService.selectingNothing("standby", 8080))
            .expect(alert("Two").firesWithin(ofSeconds(5)))
            .inject("three", BrokenService.selectingNothing("monitor", 8080))
            .undo("two")
            .expect(alert("Two").resolvesWithin(ofSeconds(5)))
            .build();

    @Nested
    class What_is_left_out {
        @Test
        void a_drill_that_injects_nothing_has_no_placebo() {
            assertThat(Placebo.of(Drill.named("calm").observe(ofSeconds(1)).build(), true))
                    .isEmpty();
        }

        @Test
        void it_has_as_long_to_recover_as_the_drill() {
            Drill drill = Drill.named("outage")
                    .recoveringWithin(ofSeconds(5))
                    .inject("outage", BrokenService.selectingNothing("api", 8080))
                    .expect(alert("Down").firesWithin(ofSeconds(5)))
                    .build();

            assertThat(Placebo.of(drill, true).get(0).drill().recovery()).isEqualTo(ofSeconds(5));
        }

        @Test
        void an_injected_fault_is_left_out_and_all_else_stays_as_it_was() {
            Drill drill = Drill.named("outage")
                    .reconfigure("on", ChangedSettings.in("c", "k", Map.of("a", 1)))
                    .inject("outage", BrokenService.selectingNothing("api", 8080))
                    .expect(alert("Down").firesWithin(ofSeconds(5)))
                    .undo("outage")
                    .build();

            Placebo only = Placebo.of(drill, true).get(0);

            assertThat(Placebo.of(drill, true)).hasSize(1);
            assertThat(only.drill().steps())
                    .containsExactly(
                            drill.steps().get(0),
                            new Step(
                                    "s2",
                                    drill.steps().get(1).caption(),
                                    new Action.LeaveOut("outage", InjectionPhase.INJECT)),
                            drill.steps().get(2),
                            drill.steps().get(3));
        }

        @Test
        void a_latent_fault_is_also_planted_alone_and_triggered_alone() {
            List<Placebo> placebos = Placebo.of(LATENT, true);

            assertThat(placebos)
                    .extracting(Placebo::leaves)
                    .containsExactly(
                            "nothing injected",
                            "'mistake' planted and not triggered",
                            "'mistake' triggered and not planted",
                            "only 'mistake' left out");
            assertThat(placebos).extracting(PlaceboTest::injected).containsExactly("", "PLANT ", "TRIGGER ", "INJECT ");
        }

        @Test
        void of_several_faults_each_from_which_an_effect_counts_is_left_out_alone() {
            List<Placebo> placebos = Placebo.of(TWO, true);

            assertThat(placebos)
                    .extracting(Placebo::leaves)
                    .containsExactly("nothing injected", "only 'one' left out", "only 'two' left out");
            assertThat(placebos)
                    .extracting(PlaceboTest::injected)
                    .containsExactly("", "INJECT INJECT ", "INJECT INJECT ");
            assertThat(placebos)
                    .extracting(Placebo::only)
                    .containsExactly(
                            Set.of(),
                            Set.of("alert 'One' fires within 5 s of the fault 'one'"),
                            Set.of(
                                    "alert 'Two' fires within 5 s of the fault 'two'",
                                    "alert 'Two' resolves within 5 s of the start of step 's6'"));
        }

        @Test
        void a_fault_that_is_injected_twice_is_one_fault() {
            Drill twice = Drill.named("twice")
                    .inject("one", BrokenService.selectingNothing("api", 8080))
                    .undo("one")
                    .inject("one", BrokenService.selectingNothing("api", 8080))
                    .expect(alert("One").firesWithin(ofSeconds(5)))
                    .build();

            assertThat(Placebo.of(twice, true)).hasSize(1);
        }

        @Test
        void nobody_may_be_paged_unless_a_trigger_is_pulled() {
            assertThat(Placebo.of(LATENT, true))
                    .extracting(placebo -> placebo.drill().afterwards().stream()
                            .map(Expectation::label)
                            .toList())
                    .containsExactly(List.of("nobody is paged"), List.of("nobody is paged"), List.of(), List.of());
        }
    }

    private static String injected(Placebo placebo) {
        StringBuilder phases = new StringBuilder();
        for (Step step : placebo.drill().steps()) {
            if (step.action() instanceof Action.Inject inject) {
                phases.append(inject.phase()).append(' ');
            }
        }
        return phases.toString();
    }

    @Test
    void the_moments_of_a_fault_are_those_at_which_it_was_left_out() {
        Journal journal = Journal.inMemory(Timekeeper.system());
        journal.append("harness", EventType.FAULT_LEFT_OUT, Map.of("fault", "a", "phase", "inject"));
        journal.append("harness", EventType.FAULT_LEFT_OUT, Map.of("fault", "b", "phase", "plant"));
        journal.append("harness", EventType.FAULT_LEFT_OUT_UNDONE, Map.of("fault", "b", "phase", "plant"));
        List<TimelineEvent> events = journal.events();

        assertThat(Moment.faultActive("a").in(events)).contains(events.get(0).at());
        assertThat(Moment.faultPlanted("b").in(events)).contains(events.get(1).at());
        assertThat(Moment.faultUndone("b").in(events)).contains(events.get(2).at());
        assertThat(Moment.faultActive("b").in(events)).isEmpty();
    }

    @Nested
    class What_it_says {
        private final Placebo placebo = Placebo.of(LATENT, true).get(0);

        private List<PlaceboFinding> findings(Judgement judgement, TimelineEvent... more) {
            return findings(placebo, judgement, more);
        }

        private List<PlaceboFinding> findings(Placebo placebo, Judgement judgement, TimelineEvent... more) {
            Journal journal = Journal.inMemory(Timekeeper.system());
            for (int i = 1; i <= placebo.drill().expectations().size(); i++) {
                journal.append("harness", EventType.EXPECTATION_JUDGED, Map.of("expectation", "e" + i));
            }
            List<TimelineEvent> events = new ArrayList<>(journal.events());
            events.addAll(List.of(more));
            return PlaceboFinding.of(
                    placebo, new DrillResult("d", ClusterKind.EMBEDDED, List.of(judgement), false), events);
        }

        private Judgement judgement(ExpectationKind kind, Verdict verdict) {
            return new Judgement("the sky falls", kind, verdict, "why", List.of(), null, null);
        }

        @Test
        void an_effect_must_not_pass_and_an_invariant_must() {
            assertThat(findings(judgement(ExpectationKind.EFFECT, Verdict.PASS)))
                    .extracting(PlaceboFinding::inWords)
                    .containsExactly("cannot fail: the sky falls (it passes with nothing injected: why)");
            assertThat(findings(judgement(ExpectationKind.INVARIANT, Verdict.FAIL)))
                    .extracting(PlaceboFinding::inWords)
                    .containsExactly("does not hold with nothing injected: the sky falls: why");
            assertThat(findings(judgement(ExpectationKind.INVARIANT, Verdict.INCONCLUSIVE)))
                    .noneMatch(PlaceboFinding::held);
            assertThat(findings(judgement(ExpectationKind.EFFECT, Verdict.FAIL)))
                    .allMatch(PlaceboFinding::held);
            assertThat(findings(judgement(ExpectationKind.EFFECT, Verdict.INCONCLUSIVE)))
                    .allMatch(PlaceboFinding::held);
            assertThat(findings(judgement(ExpectationKind.INVARIANT, Verdict.PASS)))
                    .allMatch(PlaceboFinding::held);
        }

        @Test
        void where_one_of_several_is_left_out_its_own_effects_must_fail_and_every_invariant_must_hold() {
            Placebo withoutTwo = Placebo.of(TWO, true).get(2);
            String effect = "alert 'Two' fires within 5 s of the fault 'two'";

            assertThat(findings(withoutTwo, passed(effect, ExpectationKind.EFFECT)))
                    .extracting(PlaceboFinding::inWords)
                    .containsExactly("cannot fail: " + effect + " (it passes with only 'two' left out: why)");
            assertThat(findings(
                            withoutTwo,
                            passed("alert 'One' fires within 5 s of the fault 'one'", ExpectationKind.EFFECT)))
                    .isEmpty();
            assertThat(findings(withoutTwo, judgement(ExpectationKind.INVARIANT, Verdict.FAIL)))
                    .noneMatch(PlaceboFinding::held);
        }

        @Test
        void where_one_of_several_is_left_out_the_others_must_take_effect() {
            TimelineEvent unproven = Journal.inMemory(Timekeeper.system())
                    .append(
                            "harness",
                            EventType.FAULT_UNPROVEN,
                            Map.of("fault", "one", "phase", "inject", "reason", "not seen"));
            Judgement fine = judgement(ExpectationKind.INVARIANT, Verdict.PASS);

            assertThat(findings(Placebo.of(TWO, true).get(2), fine, unproven))
                    .filteredOn(finding -> !finding.held())
                    .extracting(PlaceboFinding::inWords)
                    .containsExactly("does not hold with only 'two' left out: the fault 'one' takes effect: not seen");
            assertThat(findings(placebo, fine, unproven)).allMatch(PlaceboFinding::held);
        }

        private Judgement passed(String expectation, ExpectationKind kind) {
            return new Judgement(expectation, kind, Verdict.PASS, "why", List.of(), null, null);
        }

        @Test
        void a_pager_that_is_deaf_makes_it_worth_nothing() {
            Journal journal = Journal.inMemory(Timekeeper.system());
            TimelineEvent lost = journal.append(
                    "agent", EventType.CANARY, Map.of("canary", "c", "stage", "lost", "reason", "no page"));

            assertThat(findings(judgement(ExpectationKind.EFFECT, Verdict.INCONCLUSIVE), lost))
                    .filteredOn(finding -> !finding.held())
                    .extracting(PlaceboFinding::inWords)
                    .containsExactly("does not hold with nothing injected: the pager hears: no page");
        }

        @Test
        void a_run_that_ends_early_is_worth_nothing() {
            DrillResult result = new DrillResult("d", ClusterKind.EMBEDDED, List.of(), false);

            assertThat(PlaceboFinding.of(placebo, result, List.of()))
                    .extracting(PlaceboFinding::reason)
                    .containsExactly("0 of 2 expectations were judged");
        }
    }

    @Nested
    class Records {
        private PlaceboRecords.Entry entry(String fingerprint) {
            return new PlaceboRecords.Entry("an outage", fingerprint, "embedded", "2025-01-07", 2, 5);
        }

        @Test
        void what_was_kept_is_found_by_its_fingerprint_alone(@TempDir Path directory) {
            PlaceboRecords records = new PlaceboRecords(directory.resolve("new"));
            assertThat(records.find("f1")).isEmpty();

            records.keep(entry("f1"));

            assertThat(records.find("f1")).contains(entry("f1"));
            assertThat(records.find("f2")).isEmpty();
        }

        @Test
        void a_drill_that_has_changed_writes_over_its_record(@TempDir Path directory) throws Exception {
            PlaceboRecords records = new PlaceboRecords(directory);
            records.keep(entry("f1"));
            records.keep(entry("f2"));

            assertThat(records.find("f1")).isEmpty();
            assertThat(records.find("f2")).isPresent();
            try (var files = Files.list(directory)) {
                assertThat(files).hasSize(1);
            }
        }

        @Test
        void what_is_no_record_is_refused_by_its_name(@TempDir Path directory) throws Exception {
            Files.writeString(directory.resolve("broken.json"), "{");

            assertThatThrownBy(() -> new PlaceboRecords(directory).find("f1"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("broken.json");
        }
    }
}
