package dev.firedrill.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.sample.KnockReplay;
import dev.firedrill.reports.sample.Script;
import dev.firedrill.reports.wording.RunComparison;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    @Test
    void runs_with_the_same_verdicts_agree_and_show_their_times_side_by_side() {
        RunComparison comparison = compared(KnockReplay.green(), KnockReplay.green(), KnockReplay.green());

        assertThat(comparison.agrees()).isTrue();
        assertThat(printed(comparison).lines().map(ComparisonTableTest::squeezed))
                .contains("run 1 run 2 run 3", "cluster embedded embedded embedded", "verdict PASS PASS PASS")
                .anyMatch(line -> line.matches("\\d+ expectations, the same verdict in all runs"))
                .contains("time to page never never never");
    }

    @Test
    void verdicts_that_differ_stand_first() {
        RunComparison comparison = compared(KnockReplay.green(), KnockReplay.red());

        assertThat(comparison.agrees()).isFalse();
        assertThat(printed(comparison).lines().map(ComparisonTableTest::squeezed))
                .contains("verdict PASS FAIL")
                .anyMatch(line -> line.matches("[1-9]\\d* differ, \\d+ expectations the same verdict in all runs"))
                .anyMatch(line -> line.endsWith(" PASS FAIL") && !line.startsWith("verdict"));
    }

    @Test
    void the_same_sentence_twice_is_compared_twice() {
        RunComparison comparison = compared(saying("PASS", "PASS"), saying("FAIL", "PASS"));

        assertThat(comparison.drills()).singleElement().satisfies(drill -> {
            assertThat(drill.same()).isEqualTo(1);
            assertThat(drill.differing()).containsExactly(List.of("it holds", "PASS", "FAIL"));
        });
    }

    @Test
    void an_expectation_that_a_run_never_came_to_is_a_difference() {
        RunComparison comparison = compared(saying("PASS"), saying());

        assertThat(comparison.agrees()).isFalse();
        assertThat(comparison.drills().get(0).differing()).containsExactly(List.of("it holds", "PASS", "–"));
    }

    private static Script saying(String... verdicts) {
        Script script = new Script().drill("d").at(0, EventType.DRILL_STARTED, "title", "D");
        for (String verdict : verdicts) {
            script.at(1, EventType.EXPECTATION_JUDGED, "text", "it holds", "verdict", verdict);
        }
        return script.at(2, EventType.DRILL_FINISHED, "verdict", "PASS");
    }

    private static RunComparison compared(Script... scripts) {
        return RunComparison.of(
                List.of(scripts).stream().map(ComparisonTableTest::run).toList());
    }

    private static RunRecord run(Script script) {
        RunReader reader = new RunReader();
        script.play(reader::accept);
        return reader.result();
    }

    private static String printed(RunComparison comparison) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new ComparisonTable(out, new ConsoleStyle(false, true, 110)).print(comparison);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Without what only lays a line out. */
    private static String squeezed(String line) {
        return line.strip().replaceAll(" +", " ");
    }
}
