package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(Guards.DENIED);
        System.clearProperty(Guards.MOST_PODS);
    }

    @ParameterizedTest
    @CsvSource({"prod,x", "eu-PROD-1,x", "production,x", "my.prod.,x", "x,prod-eu"})
    void a_context_of_production_is_denied_by_its_name_or_its_clusters(String context, String cluster)
            throws IOException {
        Kubeconfig kubeconfig = kubeconfig(context, cluster);

        assertThatThrownBy(() -> Guards.ofProperties().checkContext(kubeconfig, context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageMatching("--context \\S+ is never drilled: its (name|cluster \"prod-eu\") matches"
                        + " \"\\*prod\\*\" of the deny-list");
    }

    @Test
    void other_contexts_pass_until_they_are_denied_as_well() throws IOException {
        Kubeconfig kubeconfig = kubeconfig("team-live", "x");
        assertThatCode(() -> Guards.ofProperties().checkContext(kubeconfig, "team-live"))
                .doesNotThrowAnyException();

        System.setProperty(Guards.DENIED, "customer, *-LIVE");

        assertThatThrownBy(() -> Guards.ofProperties().checkContext(kubeconfig, "team-live"))
                .hasMessage("--context team-live is never drilled: its name matches \"*-LIVE\" of the deny-list");
    }

    @Test
    void the_number_of_pods_that_a_fault_may_touch_is_few_or_as_asked_for() {
        assertThat(Guards.ofProperties().safeguards().mostPods()).isEqualTo(10);
        System.setProperty(Guards.MOST_PODS, "3");
        assertThat(Guards.ofProperties().safeguards().mostPods()).isEqualTo(3);
        System.setProperty(Guards.MOST_PODS, "0");
        assertThatThrownBy(Guards::ofProperties)
                .hasMessage("-Dfiredrill.max.pods must be a whole number from 1 to 999999, not \"0\"");
    }

    private Kubeconfig kubeconfig(String context, String cluster) throws IOException {
        return Kubeconfig.named(Files.writeString(directory.resolve("config"), """
                clusters: [{name: %2$s, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: %1$s, context: {cluster: %2$s}}]
                """.formatted(context, cluster)));
    }
}
