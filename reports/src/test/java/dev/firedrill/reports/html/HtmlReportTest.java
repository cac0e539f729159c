package dev.firedrill.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.reports.Reports;
import dev.firedrill.reports.sample.KnockReplay;
import dev.firedrill.reports.sample.PlaceboRun;
import dev.firedrill.reports.sample.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private final Path directory;

    HtmlReportTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void the_headline_names_the_verdict_and_the_kind_of_cluster() throws IOException {
        Document page = report(KnockReplay.green());
        assertThat(page.expectFirst("header .verdict").text()).isEqualTo("✓ PASS (embedded)");
        assertThat(page.expectFirst("header .summary").text())
                .startsWith("2 drills, 10 expectations: 10 passed, 1 with a close margin.");
        assertThat(page.title()).startsWith("PASS (embedded) · Replay of knock-2024-06-03");
        assertThat(page.select("h2").eachText()).doesNotContain("What went wrong");
    }

    @Test
    void a_failure_is_told_first_with_its_reason_and_its_evidence() throws IOException {
        Document page = report(KnockReplay.red());
        assertThat(page.expectFirst("header .verdict").text()).isEqualTo("✗ FAIL (embedded)");
        assertThat(page.expectFirst("main h2").text()).isEqualTo("What went wrong");
        assertThat(page.select(".red li").eachText())
                .hasSize(2)
                .anyMatch(text -> text.contains("1 of 14 accepted changes is neither applied nor superseded"));
        Element verdicts = page.expectFirst("#drill-2 table.verdicts");
        assertThat(verdicts.select("details[open] li").eachText()).contains("no apply of c-9 by the end of the drill");
        assertThat(verdicts.select(".margin").eachText()).contains("2.1 s of 1.3 s 62 % too late");
    }

    @Test
    void a_close_margin_is_marked() throws IOException {
        assertThat(report(KnockReplay.green()).select("#drill-2 .margin").eachText())
                .contains("1.14 s of 1.3 s 12 % left: close");
    }

    @Test
    void every_row_of_the_record_stands_beside_what_the_replay_measured() throws IOException {
        Document page = report(KnockReplay.green());
        List<String> rows = page.select("#drill-1 table.steps tbody tr").eachText();
        assertThat(rows).hasSize(18);
        assertThat(rows.get(2))
                .startsWith("2 3 Jun 22:36 +5.1 s The controller resynchronises The controller performs a")
                .endsWith("the internal route fails 90 ms later; 0 public requests failed "
                        + "✓ PASS the dashboard's page answers throughout");
        assertThat(rows.get(3)).endsWith("✓ PASS nobody is paged for the internal route time to page: never");
        assertThat(rows.get(5))
                .isEqualTo("5 4 Jun 02:18 +7.1 s Acknowledged Acknowledged by people; investigation begins."
                        + " Seen by support record");
    }

    @Test
    void the_remedies_are_compared_figure_by_figure() throws IOException {
        assertThat(report(KnockReplay.green()).select("table.remedies tbody tr").eachText())
                .containsExactly(
                        "the record – 3 h 42 min 5 h 3 min – 5 h 3 min",
                        "none never 1.9 s 3 h 42 min unscaled 3.39 s 5 h 3 min unscaled 7 changes "
                                + "690 ms 5 h 3 min unscaled",
                        "internal-monitor, backlog-alert 1.14 s 1 min 32 s unscaled 1.16 s 2 min 32 s unscaled "
                                + "3.39 s 10 min unscaled 0 changes 0 ms 0 ms unscaled");
    }

    @Test
    void the_timeline_is_to_scale() throws IOException {
        Document page = report(KnockReplay.green());
        Element failed =
                page.select("#drill-1 .timeline rect.failed:has(title)").get(1);
        // 4.85 s of a drill of 10.8 s, on an axis of 880; a bucket of the drawing is some tens of milliseconds wide
        assertThat(Double.parseDouble(failed.attr("width"))).isBetween(880 * 4.80 / 10.8, 880 * 4.92 / 10.8);
        assertThat(failed.expectFirst("title").text()).startsWith("internal-route fails from +5.2 s for 4.8");
    }

    @Test
    void labels_of_the_timeline_do_not_overlap() throws IOException {
        Document page = report(KnockReplay.green());
        List<Double> centres = page.select("#drill-1 .timeline circle.dot").stream()
                .map(circle -> Double.parseDouble(circle.attr("cx")))
                .toList();
        assertThat(centres).hasSize(17);
        for (int i = 1; i < centres.size(); i++) {
            assertThat(centres.get(i) - centres.get(i - 1)).isGreaterThanOrEqualTo(39.8);
        }
    }

    @Test
    void too_many_steps_to_number_are_ticks_and_stay_in_the_table() throws IOException {
        Script script = new Script().drill("d").at(0, EventType.DRILL_STARTED, "title", "Crowded");
        for (int i = 0; i < 80; i++) {
            script.at(10 + i, EventType.STEP_STARTED, "step", "s" + i, "title", "Step " + i, "kind", "act");
        }
        Document page = report(script);
        assertThat(page.select(".timeline circle")).isEmpty();
        assertThat(page.select(".timeline path.lead")).hasSize(80);
        assertThat(page.select("table.steps tbody tr")).hasSize(80);
    }

    @Test
    void a_fault_of_two_phases_is_active_until_the_last_of_it_is_undone() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D")
                .at(1000, EventType.FAULT_INJECTED, "fault", "F", "phase", "plant")
                .at(2000, EventType.FAULT_INJECTED, "fault", "F", "phase", "trigger")
                .at(3000, EventType.FAULT_UNDONE, "fault", "F", "phase", "trigger", "changes", 1)
                .at(9000, EventType.FAULT_UNDONE, "fault", "F", "phase", "plant", "changes", 1)
                .at(10_000, EventType.DRILL_FINISHED, "verdict", "INCONCLUSIVE");
        Element active = report(script).expectFirst(".timeline rect.active:has(title)");
        assertThat(active.attr("width")).isEqualTo("616.0");
    }

    @Test
    void what_was_done_and_judged_for_a_row_of_the_record_stands_beside_it() throws IOException {
        String at = "2024-06-04T04:00:00-04:00";
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D", "incident", Script.map("title", "I"))
                .at(10, EventType.STEP_STARTED, "step", "s1", "title", "set up", "kind", "act")
                .at(
                        20,
                        EventType.STEP_STARTED,
                        Script.map(
                                "step",
                                "watch",
                                "title",
                                "Watching",
                                "kind",
                                "record",
                                "recordAt",
                                at,
                                "recordUntil",
                                "2024-06-04T09:49:00-04:00",
                                "recordText",
                                "All is green."))
                .at(30, EventType.STEP_STARTED, "step", "watch.1", "title", "x", "kind", "work", "recordAt", at)
                .at(40, EventType.STEP_FINISHED, "step", "watch.1", "measured", "4 changes accepted")
                .at(50, EventType.STEP_STARTED, "step", "watch.2", "title", "y", "kind", "judge", "recordAt", at)
                .at(
                        60,
                        EventType.EXPECTATION_JUDGED,
                        Script.map(
                                "expectation",
                                "e1",
                                "text",
                                "to the letter",
                                "label",
                                "nobody is paged",
                                "verdict",
                                "PASS",
                                "step",
                                "watch.2"))
                .at(70, EventType.DRILL_FINISHED, "verdict", "PASS");
        Document page = report(script);
        assertThat(page.select("table.steps tbody tr").eachText())
                .containsExactly(
                        "+0.0 s set up no verdict",
                        "1 4 Jun 04:00 – 09:49 +0.0 s Watching All is green. 4 changes accepted"
                                + " ✓ PASS nobody is paged");
        assertThat(page.select(".timeline circle.dot")).hasSize(1);
        assertThat(page.select("table.verdicts tbody tr").eachText())
                .containsExactly("✓ PASS 4 Jun 04:00 – 09:49 nobody is paged invariant why Exactly: to the letter");
    }

    @Test
    void what_operators_change_is_no_fault() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D")
                .at(1000, EventType.FAULT_INJECTED, "fault", "new monitor", "phase", "operate")
                .at(9000, EventType.FAULT_UNDONE, "fault", "new monitor", "phase", "operate", "changes", 1)
                .at(10_000, EventType.DRILL_FINISHED, "verdict", "INCONCLUSIVE");
        Document page = report(script);
        assertThat(page.select("h3").eachText()).doesNotContain("Faults");
        assertThat(page.select(".timeline rect.active:has(title)")).isEmpty();
        assertThat(page.select(".timeline rect.changed:has(title)")).hasSize(1);
        assertThat(page.select(".operators .moments li").eachText())
                .containsExactly("+1.0 s changed", "+9.0 s undone: 1 change");
    }

    @Test
    void the_backlog_is_of_the_drills_own_changes() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D")
                .at(100, EventType.WORK_APPLIED, "change", "theirs", "key", "k", "version", 7, "action", "applied")
                .at(200, EventType.WORK_APPLIED, "change", "c-2", "key", "k", "version", 9, "action", "applied")
                .at(201, EventType.WORK_OPERATION, ok("c-2", 9))
                .at(300, EventType.WORK_OPERATION, ok("c-1", 8))
                .at(900, EventType.WORK_APPLIED, "change", "c-1", "key", "k", "version", 8, "action", "stale")
                .at(950, EventType.WORK_OPERATION, ok("c-3", 10))
                .at(1000, EventType.DRILL_FINISHED, "verdict", "INCONCLUSIVE");
        Document page = report(script);
        assertThat(page.select("table.work tbody tr").eachText())
                .containsExactly(
                        "c-3 during k 10 +1.0 s – – ✗ lost from sight",
                        "c-2 during k 9 +0.2 s +0.2 s 0 ms applied",
                        "c-1 during k 8 +0.3 s +0.9 s 600 ms superseded by version 9");
        assertThat(page.text()).contains("1 more event at the target of changes made by others.");
    }

    @Test
    void nothing_comes_from_elsewhere_and_the_policy_allows_only_the_pages_own_style() throws Exception {
        Document page = report(KnockReplay.green());
        assertThat(page.select("script, link, img, iframe, object, [style], [onclick], [src]"))
                .isEmpty();
        assertThat(page.select("a[href^=http]")).hasSize(1);
        String css = page.expectFirst("style").data();
        assertThat(css).doesNotContain("url(").doesNotContain("@import");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
        assertThat(page.expectFirst("meta[http-equiv]").attr("content"))
                .contains("default-src 'none'")
                .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }

    @Test
    void what_the_journal_says_is_text_and_never_markup() throws IOException {
        String evil = "\"><script>alert(1)</script><img src=x onerror='y'>\u202Eabc";
        Script script = new Script()
                .at(0, EventType.RUN_STARTED, "title", evil, "run", evil, "seed", evil)
                .drill(evil)
                .at(
                        1,
                        EventType.DRILL_STARTED,
                        "title",
                        evil,
                        "description",
                        evil,
                        "incident",
                        Script.map("title", evil, "source", "javascript:alert(1)"))
                .at(2, EventType.STEP_STARTED, "step", evil, "title", evil, "kind", evil, "who", evil)
                .at(3, EventType.PROBE_SAMPLE, "probe", evil, "outcome", "failed", "detail", evil, "vantage", evil)
                .at(4, EventType.FAULT_INJECTED, "fault", evil, "phase", evil)
                .at(5, EventType.ALERT_RECEIVED, "alert", evil, "labels", Script.map(evil, evil))
                .at(6, EventType.EXPECTATION_JUDGED, "text", evil, "reason", evil, "evidence", List.of(evil))
                .at(7, EventType.RESIDUE_CHECKED, "clean", false, "differences", List.of(evil))
                .at(8, EventType.FIGURE, "name", evil, "value", evil, "note", evil);
        Document page = report(script);
        assertThat(page.select("script, img, [onerror], a[href^=javascript]")).isEmpty();
        assertThat(page.expectFirst("h1").text()).isEqualTo("\"><script>alert(1)</script><img src=x onerror='y'>abc");
    }

    @Test
    void a_run_that_was_cut_off_says_so_and_tells_what_was_known() throws IOException {
        Document page = report(KnockReplay.green().cutAt(8000));
        assertThat(page.expectFirst("header .verdict").text()).isEqualTo("? INCONCLUSIVE (embedded)");
        assertThat(page.select(".concern").eachText().get(0)).contains("the run was killed or is still going");
        assertThat(page.select("#drill-1 table.steps tbody tr")).hasSize(11);
        assertThat(page.select("table.verdicts td").eachText()).contains("? not judged", "nobody is paged");
    }

    @Test
    void an_empty_journal_gives_a_page_that_says_so() throws IOException {
        Document page = report(new Script());
        assertThat(page.expectFirst("header .verdict").text()).isEqualTo("? INCONCLUSIVE");
        assertThat(page.text()).contains("The journal is empty");
    }

    @Test
    void an_unproven_fault_leaves_no_pass() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(1, EventType.DRILL_STARTED, "title", "D")
                .at(2, EventType.FAULT_INJECTED, "fault", "Broken", "phase", "inject")
                .at(
                        3,
                        EventType.FAULT_UNPROVEN,
                        "fault",
                        "Broken",
                        "phase",
                        "inject",
                        "reason",
                        "the route still answers")
                .at(4, EventType.EXPECTATION_JUDGED, "text", "it holds", "verdict", "PASS")
                .at(5, EventType.DRILL_FINISHED, "verdict", "PASS")
                .drill("")
                .at(6, EventType.RUN_FINISHED, "verdict", "PASS");
        Document page = report(script);
        assertThat(page.expectFirst("header .verdict").text()).isEqualTo("? INCONCLUSIVE");
        assertThat(page.expectFirst("#drill-1").text()).contains("not proven: the route still answers");
    }

    @Test
    void what_cannot_fail_is_named_beside_the_verdict_and_in_a_table_of_its_own() throws IOException {
        Document page = report(PlaceboRun.cannotFail());

        assertThat(page.select("section.drill")).hasSize(1);
        assertThat(page.select(".drill-head .chip").text()).isEqualTo("placebo did not hold");
        assertThat(page.select("table.placebo tbody tr").eachText())
                .containsExactly("cannot fail an alert fires effect seen", "holds users are well invariant seen");
    }

    @Test
    void probes_beside_those_of_the_drill_have_no_lane_of_their_own() throws IOException {
        Script script = new Script()
                .drill("d")
                .at(0, EventType.DRILL_STARTED, "title", "D", "beside", List.of("page (open connection)"))
                .at(1, EventType.PROBE_SAMPLE, "probe", "page (open connection)", "outcome", "failed")
                .at(2, EventType.PROBE_SAMPLE, "probe", "page", "outcome", "ok");

        assertThat(report(script).text()).contains("page").doesNotContain("open connection");
    }

    @Test
    void files_beside_the_report_are_linked() throws IOException {
        Files.createDirectories(directory.resolve("diagnostics/pods"));
        Files.writeString(directory.resolve("diagnostics/pods/api 1#x.log"), "hello");
        Element link = report(KnockReplay.red()).expectFirst(".files a[href*=diagnostics]");
        assertThat(link.text()).isEqualTo("diagnostics/pods/api 1#x.log");
        assertThat(link.attr("href")).isEqualTo("./diagnostics/pods/api%201%23x.log");
    }

    @Test
    void a_hundred_thousand_samples_make_a_report_of_sane_size() throws IOException {
        Script script = new Script().drill("long").at(0, EventType.DRILL_STARTED, "title", "Long");
        for (int i = 0; i < 100_000; i++) {
            script.at(
                    i * 10.0,
                    EventType.PROBE_SAMPLE,
                    "probe",
                    "p" + i % 4,
                    "vantage",
                    "inside",
                    "latencyMs",
                    2,
                    "outcome",
                    i % 97 == 0 ? "failed" : "ok");
        }
        script.playTo(directory);
        Instant before = Instant.now();
        Reports.write(directory);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertThat(Files.size(directory.resolve("report.html"))).isLessThan(1_500_000);
        assertThat(Files.size(directory.resolve("run.json"))).isLessThan(500_000);
        assertThat(Jsoup.parse(directory.resolve("report.html").toFile())
                        .select("table.probes .number")
                        .eachText())
                .contains("25000");
    }

    private static Map<String, Object> ok(String change, int version) {
        return Script.map(
                "operation",
                version,
                "phase",
                "ok",
                "window",
                "during",
                "change",
                change,
                "key",
                "k",
                "version",
                version);
    }

    private Document report(Script script) throws IOException {
        assertThat(Reports.write(script.playTo(directory))).contains(directory.resolve("report.html"));
        return Jsoup.parse(directory.resolve("report.html").toFile());
    }
}
