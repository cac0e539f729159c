package dev.firedrill.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Series SERIES = Series.of(List.of(2.0, 3.0, 7.0));

    @Test
    void a_median_within_its_goal_is_met() {
        assertThat(line(new Row("start", Unit.SECONDS, SERIES, Goal.atMost(3))))
                .isEqualTo("| start | ≤ 3 s | 3.00 s | 2.00 s | 7.00 s | 3 | met |");
    }

    @Test
    void a_median_beyond_its_goal_is_missed() {
        assertThat(line(new Row("start", Unit.SECONDS, SERIES, Goal.atMost(2.5))))
                .endsWith("| **missed** |");
        assertThat(line(new Row("requests", Unit.PER_SECOND, SERIES, Goal.atLeast(4_000))))
                .isEqualTo("| requests | ≥ 4,000/s | 3/s | 2/s | 7/s | 3 | **missed** |");
    }

    @Test
    void what_must_never_happen_is_judged_by_the_worst_run() {
        assertThat(new Row("pause", Unit.MILLISECONDS, SERIES, Goal.never(5)).met())
                .isFalse();
        assertThat(new Row("pause", Unit.MILLISECONDS, SERIES, Goal.never(7)).met())
                .isTrue();
    }

    @Test
    void a_line_without_goal_has_no_result() {
        assertThat(line(Row.plain("api", Unit.MEGABYTES, SERIES))).isEqualTo("| api |  | 3 MB | 2 MB | 7 MB | 3 |  |");
    }

    private static String line(Row row) {
        List<String> lines = Table.markdown(List.of(row)).lines().toList();
        assertThat(lines).hasSize(3);
        return lines.get(2);
    }
}
