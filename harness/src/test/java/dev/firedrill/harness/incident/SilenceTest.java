package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.model.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence is demanded only where somebody would have been paged by then. */
class SilenceTest {
    private static final String FIXED = "fault: {undo: no endpoints}";

    private static Replay replay(String text) {
        return Replay.of(SmallIncident.parse(text), new ConfiguredSystem(), FaultCatalogue.standard());
    }

    private static void assertBelieved(String text) {
        assertThat(replay(text).drill().afterwards())
                .extracting(expectation -> expectation.check().expectation())
                .singleElement()
                .asString()
                .contains("paged");
    }

    private static void assertRefused(String text, String silence, String seen) {
        long line = text.substring(0, text.indexOf(silence)).lines().count();
        assertThatThrownBy(() -> replay(text).drill())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("small.yaml:" + line + ": silence is demanded after " + seen + " of observation, and a page"
                        + " takes up to 3 cycles, 1.8 s; allowed: for: 3 cycles or more in this observe, or since: an"
                        + " earlier step");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 cycles", "1750ms", "1h"})
    void silence_of_as_many_cycles_as_the_monitor_needs_is_believed(String time) {
        assertBelieved(SmallIncident.with("for: 3 cycles", "for: " + time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{pager: silent}", "{alert: route down, stays: silent}"})
    void silence_without_a_time_is_refused(String silence) {
        assertRefused(
                SmallIncident.with("for: 3 cycles\n", "")
                        .replace("{pager: silent}", silence)
                        .replace("observe:\n      ", "observe:\n"),
                silence,
                "0 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 cycles", "1500ms"})
    void silence_that_is_shorter_than_a_page_takes_is_refused(String time) {
        assertRefused(SmallIncident.with("for: 3 cycles", "for: " + time), "{pager: silent}", "1.5 s");
    }

    @Test
    void what_was_watched_before_the_fault_does_not_count() {
        assertRefused(
                SmallIncident.with("for: 3 cycles", "for: 500ms")
                        .replace("{pager: silent}", "{pager: silent, since: calm}"),
                "{pager: silent, since: calm}",
                "500 ms");
    }

    @Test
    void silence_since_an_earlier_step_counts_all_that_was_watched_since_then() {
        String later = "\n    observe: {expect: [{pager: silent, since: broken}]}";
        String text = SmallIncident.with("- {pager: silent}", "- {probe: dashboard data, fails: 2s}");
        assertBelieved(text.replace(FIXED, FIXED + later));
        assertRefused(text.replace(FIXED, FIXED + later.replace(", since: broken", "")), "{pager: silent}", "0 ms");
    }

    @Test
    void a_scale_at_which_a_page_takes_longer_needs_a_longer_silence() {
        Replay replay = replay(SmallIncident.with("for: 3 cycles", "for: 2s"));

        assertThat(replay.drill().afterwards()).hasSize(1);
        assertThatThrownBy(() -> replay.atScale(1).drill())
                .hasMessageContaining(
                        "silence is demanded after 2 s of observation, and a page takes up to 3 cycles, 3 min");
        assertThat(replay(SmallIncident.text()).atScale(1).drill().afterwards()).hasSize(1);
    }
}
