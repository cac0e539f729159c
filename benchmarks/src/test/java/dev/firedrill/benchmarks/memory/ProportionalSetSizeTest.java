package dev.firedrill.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProportionalSetSizeTest {
    @Test
    void only_the_sum_is_taken_and_not_its_parts() {
        List<String> lines = List.of(
                "00400000-7fff [rollup]",
                "Rss:  300000 kB",
                "Pss:   125000 kB",
                "Pss_Anon:  90000 kB",
                "SwapPss: 7 kB");

        assertThat(ProportionalSetSize.parse(lines)).isEqualTo(128.0);
    }

    @Test
    void this_very_process_has_memory() {
        assertThat(ProportionalSetSize.megabytes(ProcessHandle.current()))
                .hasEntrySatisfying("harness", size -> assertThat(size).isBetween(5.0, 10_000.0));
    }

    @Test
    void programs_are_told_apart_by_their_command_line() {
        assertThat(ProportionalSetSize.name(
                        List.of("java", "-cp", "a.jar", "dev.firedrill.fixtures.Fixtures", "dashboard")))
                .isEqualTo("dashboard");
        assertThat(ProportionalSetSize.name(List.of("java", "dev.firedrill.harness.agent.Agent")))
                .isEqualTo("agent");
        assertThat(ProportionalSetSize.name(List.of("sh", "-c", "read"))).isEqualTo("others");
    }
}
