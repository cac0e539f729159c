package dev.firedrill.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.reports.sample.KnockReplay;
import dev.firedrill.reports.sample.PlaceboRun;
import dev.firedrill.reports.sample.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveConsoleTest {
    private static final ConsoleStyle LOG = new ConsoleStyle(false, true, 110);

    @Test
    void tells_incident_time_and_real_time_of_what_happened() {
        assertThat(print(KnockReplay.green(), LOG).lines())
                .contains("   3 Jun 22:36    +5.1 s The controller resynchronises")
                .contains("                  +5.1 s   ! triggered: WrongUpstreamDomain")
                .contains("   4 Jun 04:01    +9.9 s The internal routing is corrected")
                .contains("                 +17.8 s   ◆ PAGED: InternalRouteDown [dashboard->api:8080]");
    }

    @Test
    void what_people_did_is_told_by_its_title_alone() {
        assertThat(print(KnockReplay.green(), LOG).lines())
                .contains("   3 Jun 23:27    +7.0 s First customer mention")
                .noneMatch(line -> line.contains("not answered at once"));
    }

    @Test
    void the_parts_of_a_row_are_told_by_what_happens_and_verdicts_in_short() {
        String at = "2024-06-03T20:00:00-04:00";
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D", "incident", Script.map("title", "I"))
                .at(1, EventType.STEP_STARTED, "step", "s1", "title", "intervals at a scale of 1:240", "kind", "act")
                .at(2, EventType.FAULT_INJECTED, "fault", "intervals (a)", "phase", "operate")
                .at(3, EventType.STEP_STARTED, "step", "s2", "title", "intervals at a scale of 1:240", "kind", "act")
                .at(
                        4,
                        EventType.STEP_STARTED,
                        Script.map(
                                "step",
                                "row",
                                "title",
                                "A mistake lies there",
                                "kind",
                                "record",
                                "recordAt",
                                at,
                                "recordUntil",
                                "2024-06-03T22:36:00-04:00",
                                "recordAssumed",
                                true))
                .at(5, EventType.STEP_STARTED, "step", "row.1", "title", "plant: it", "kind", "fault", "recordAt", at)
                .at(6, EventType.FAULT_INJECTED, "fault", "it", "phase", "plant")
                .at(7, EventType.FAULT_PROVEN, "fault", "it", "phase", "plant", "evidence", "read back")
                .at(8, EventType.STEP_STARTED, "step", "row.2", "title", "demands", "kind", "judge", "recordAt", at)
                .at(
                        9,
                        EventType.EXPECTATION_JUDGED,
                        Script.map(
                                "text",
                                "to the letter",
                                "label",
                                "nobody is paged",
                                "verdict",
                                "PASS",
                                "deadlineMs",
                                1000,
                                "tookMs",
                                900))
                .at(10, EventType.STEP_FINISHED, "step", "row.2")
                .at(11, EventType.FAULT_UNDONE, "fault", "it", "phase", "trigger")
                .at(12, EventType.FAULT_UNDONE, "fault", "it", "phase", "plant")
                .at(13, EventType.FAULT_INJECTED, "fault", "it", "phase", "settle")
                .at(14, EventType.FAULT_UNDONE, "fault", "it", "phase", "settle")
                .at(15, EventType.FAULT_UNDONE, "fault", "intervals (a)", "phase", "operate")
                .at(16, EventType.DRILL_FINISHED, "verdict", "PASS");
        assertThat(print(script, LOG).lines().skip(2).takeWhile(line -> !line.isEmpty()))
                .containsExactly(
                        "      incident      real",
                        "                  +0.0 s   · intervals at a scale of 1:240",
                        "   3 Jun 20:00    +0.0 s A mistake lies there, until 22:36 (time assumed)",
                        "                  +0.0 s   ! planted, unseen: it",
                        "                  +0.0 s   ✓ nobody is paged (900 ms of 1.0 s, 10 % left, CLOSE)",
                        "                  +0.0 s Afterwards",
                        "                  +0.0 s   ↺ put back: it, intervals (a)");
    }

    @Test
    void changes_of_others_are_not_counted() {
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D")
                .at(1, EventType.STEP_STARTED, "step", "s1", "title", "Edits", "kind", "work")
                .at(2, EventType.WORK_APPLIED, "change", "theirs", "action", "applied")
                .at(3, EventType.WORK_APPLIED, "change", "c-1", "action", "applied")
                .at(4, EventType.WORK_OPERATION, "operation", 1, "phase", "ok", "change", "c-1")
                .at(5, EventType.STEP_FINISHED, "step", "s1");
        assertThat(print(script, LOG).lines()).contains("   +0.0 s   ≡ 1 change accepted, 1 applied");
    }

    @Test
    void probes_are_told_when_their_state_changes_and_not_sample_by_sample() {
        assertThat(print(KnockReplay.green(), LOG).lines().filter(line -> line.contains("internal-route (inside)")))
                .hasSize(4)
                .anyMatch(line ->
                        line.endsWith("▲ internal-route (inside) answers again after 4.85 s (97 failed requests)"));
    }

    @Test
    void an_answer_to_an_earlier_request_than_the_first_that_failed_is_no_recovery() {
        Script script = new Script()
                .drill("late")
                .at(0, EventType.DRILL_STARTED, "title", "Late")
                .at(1, EventType.STEP_STARTED, "step", "s1", "title", "Looks", "kind", "observe");
        sample(script, 1005, 1000, "failed");
        sample(script, 1010, 900, "ok");
        sample(script, 1105, 1100, "failed");
        sample(script, 1205, 1200, "ok");
        sample(script, 1950, 950, "failed");

        assertThat(print(script, LOG).lines().filter(line -> line.contains(" p ")))
                .containsExactly(
                        "   +1.0 s   ▼ p fails", "   +1.2 s   ▲ p answers again after 200 ms (2 failed requests)");
    }

    private static void sample(Script script, double at, long intended, String outcome) {
        String intendedAt = Script.START.plusMillis(intended).toString();
        script.at(at, EventType.PROBE_SAMPLE, "probe", "p", "outcome", outcome, "intendedAt", intendedAt);
    }

    @Test
    void a_probe_that_flaps_is_told_to_flap_and_then_left_alone() {
        Script script = new Script()
                .drill("flapping")
                .at(0, EventType.DRILL_STARTED, "title", "Flapping")
                .at(1, EventType.STEP_STARTED, "step", "s1", "title", "Looks", "kind", "observe");
        for (int i = 0; i < 500; i++) {
            script.at(10 + i, EventType.PROBE_SAMPLE, "probe", "p", "outcome", i % 2 == 0 ? "failed" : "ok");
        }
        assertThat(print(script, LOG).lines().filter(line -> line.contains(" p ")))
                .hasSize(12)
                .last()
                .asString()
                .endsWith("(it flaps; the report has the other changes)");
    }

    @Test
    void the_summary_names_the_kind_of_cluster_the_margins_and_the_report() {
        assertThat(print(KnockReplay.green(), LOG).lines())
                .contains("PASS (embedded)")
                .contains("report: target/firedrill/run-1/report.html")
                .contains("10 expectations in 2 drills, 10 passed, 0 failed, 0 inconclusive, 1 close; 26.9 s")
                .anyMatch(line ->
                        line.contains("alert InternalRouteDown") && line.endsWith("1.14 s of 1.3 s, 12 % left, CLOSE"))
                .anyMatch(line -> line.matches(" +none +never +1.9 s +3.39 s +7 changes +690 ms"));
    }

    @Test
    void a_failure_says_why() {
        assertThat(print(KnockReplay.red(), LOG))
                .contains("✗ every accepted change arrives once and in order")
                .contains("1 of 14 accepted changes is neither applied nor superseded: c-9")
                .contains("2.1 s of 1.3 s, 62 % too late")
                .contains("FAIL (embedded)")
                .doesNotContain("\nPASS (embedded)");
    }

    @Test
    void a_run_that_was_cut_off_is_inconclusive_and_says_so() {
        assertThat(print(KnockReplay.green().cutAt(8000), LOG))
                .contains("INCONCLUSIVE (embedded)")
                .contains("the run was killed or is still going");
    }

    @Test
    void a_placebo_is_told_in_a_line_and_what_it_came_to_beside_the_verdict() {
        assertThat(print(PlaceboRun.cannotFail(), LOG))
                .contains("placebo: nothing injected")
                .contains("placebo did not hold: cannot fail: an alert fires")
                .doesNotContain("the placebo's own verdict");
    }

    @Test
    void colours_appear_only_where_they_are_allowed() {
        assertThat(print(KnockReplay.red(), LOG)).doesNotContain("\u001b");
        assertThat(print(KnockReplay.red(), new ConsoleStyle(true, true, 110))).contains("\u001b[31m✗\u001b[0m");
    }

    @Test
    void without_unicode_every_character_is_ascii() {
        assertThat(print(KnockReplay.red(), new ConsoleStyle(false, false, 110)))
                .matches(text -> text.chars().allMatch(c -> c < 128))
                .contains("x every accepted change");
    }

    @Test
    void no_line_of_prose_is_wider_than_the_terminal() {
        assertThat(print(KnockReplay.red(), new ConsoleStyle(false, true, 80)).lines())
                .filteredOn(line -> !line.contains("remedies  ")
                        && !line.contains("the record")
                        && !line.contains("none   ")
                        && !line.contains("internal-monitor,  "))
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void control_characters_of_others_do_not_reach_the_terminal() {
        Script script = new Script().at(0, EventType.NOTE, "text", "evil \u001b[2Jtext\nand a line");
        assertThat(print(script, LOG)).contains("evil  [2Jtext and a line").doesNotContain("\u001b");
    }

    @Test
    void events_without_their_details_break_nothing() {
        Script script = new Script();
        for (String type : List.of(
                EventType.RUN_STARTED,
                EventType.DRILL_STARTED,
                EventType.STEP_STARTED,
                EventType.STEP_FINISHED,
                EventType.FAULT_PLANNED,
                EventType.FAULT_INJECTED,
                EventType.FAULT_PROVEN,
                EventType.FAULT_UNPROVEN,
                EventType.FAULT_UNDONE,
                EventType.PROBE_SAMPLE,
                EventType.ALERT_RECEIVED,
                EventType.CANARY,
                EventType.WORK_OPERATION,
                EventType.WORK_APPLIED,
                EventType.WORK_CONTENT,
                EventType.EXPECTATION_JUDGED,
                EventType.RESIDUE_CHECKED,
                EventType.FIGURE,
                EventType.NOTE,
                EventType.DRILL_FINISHED,
                EventType.RUN_FINISHED,
                "type.of.tomorrow")) {
            script.at(1, type);
        }
        assertThat(print(script, LOG)).contains("INCONCLUSIVE");
    }

    private static String print(Script script, ConsoleStyle style) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        LiveConsole console = new LiveConsole(out, style);
        script.play(console);
        console.summary(Path.of("target/firedrill/run-1/report.html"));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
