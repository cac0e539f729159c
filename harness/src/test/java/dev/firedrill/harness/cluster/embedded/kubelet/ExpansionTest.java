package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    @ParameterizedTest
    @CsvSource({
        "$(NAME),api",
        "http://$(NAME):8080,http://api:8080",
        "$(MISSING),$(MISSING)",
        "$$(NAME),$(NAME)",
        "$NAME,$NAME",
        "$(NAME,$(NAME",
        "cost$,cost$",
    })
    void references_are_replaced_as_kubernetes_does(String text, String expanded) {
        assertThat(Expansion.expand(text, Map.of("NAME", "api"))).isEqualTo(expanded);
    }
}
