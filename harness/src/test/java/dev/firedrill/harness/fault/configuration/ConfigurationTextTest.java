package dev.firedrill.harness.fault.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.firedrill.harness.model.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTextTest {
    private final ConfigurationText text = new ConfigurationText("the monitor's file", """
            retry: {attempts: 5, maxDelay: 30s}
            checks:
              - {name: backlog, enabled: false, interval: 9s}
              - {name: canary, interval: 9s}
            """);

    @Test
    void a_setting_that_is_there_is_changed() {
        text.set("retry.attempts", 9);
        text.set("checks[backlog].enabled", true);
        text.set("checks[*].interval", "1s");

        assertThat(text.text())
                .contains("attempts: 9", "maxDelay: 30s", "enabled: true")
                .containsSubsequence("interval: 1s", "interval: 1s")
                .doesNotContain("9s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry.attemts | attemts | attempts, maxDelay | ; did you mean \"attempts\"?",
                "retry.timeout | timeout | attempts, maxDelay | ''",
                "checks[backlog].enabld | enabld | name, enabled, interval | ; did you mean \"enabled\"?",
                "checks[*].enabled | enabled | name, interval | ''",
                "chekcs | chekcs | retry, checks | ; did you mean \"checks\"?"
            })
    void a_setting_that_is_not_there_is_refused(String path, String last, String allowed, String guess) {
        assertThatThrownBy(() -> text.set(path, true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the monitor's file: has no \"" + last + "\", which \"" + path + "\" needs; allowed: "
                        + allowed + "; to add it, write +" + path + guess);
    }

    @Test
    void a_setting_is_added_if_that_is_said() {
        text.set("+checks[backlog].timeout", "2s");
        text.set("+retry.attempts", 9);

        assertThat(text.text()).contains("timeout: 2s", "attempts: 9").doesNotContain("+");
        assertThatThrownBy(() -> text.set("+checks[backlock].timeout", "2s"))
                .hasMessage("the monitor's file: has no \"backlock\", which \"checks[backlock].timeout\" needs;"
                        + " allowed: backlog, canary; did you mean \"backlog\"?");
    }

    @Test
    void an_added_setting_is_described_by_its_name() {
        assertThat(ChangedSettings.in("config", "file.yaml", Map.of("+retry.timeout", "2s"))
                        .describe()
                        .parameters())
                .containsExactly(entry("retry.timeout", "2s"));
    }

    @Test
    void a_file_that_is_not_yaml_has_no_settings() {
        assertThatThrownBy(() -> new ConfigurationText("a file", "a: [b"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("a file: not valid YAML, so that no setting of it can be changed");
    }
}
