package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Map<String, String> LABELS = Map.of("app", "api", "tier", "web", "size", "7");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=api | true",
                "app==api | true",
                "app!=api | false",
                "other!=x | true",
                "app=api,tier=web | true",
                "app=api,tier=edge | false",
                "tier in (edge, web) | true",
                "tier in (edge) | false",
                "tier notin (edge) | true",
                "other notin (edge) | true",
                "app | true",
                "other | false",
                "!other | true",
                "!app | false",
                "size>6 | true",
                "size<6 | false",
                "app in (api),!other,tier | true"
            })
    void labels_are_selected_as_kubernetes_does(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(expected);
    }

    @Test
    void an_empty_selector_matches_everything() {
        assertThat(LabelSelector.parse("").matches(Map.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in (b", "app=api,", "=x", "app like x", "app in b"})
    void a_malformed_selector_is_a_bad_request(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOfSatisfying(StatusException.class, refused -> assertThat(refused.code())
                        .isEqualTo(400));
    }

    @Test
    void fields_are_selected_by_equality() {
        Map<String, String> known = SelectableFields.names(KindTable.of("", "pods"));
        FieldSelector selector = FieldSelector.parse("status.phase!=Running,metadata.name=x", known);
        assertThat(selector.matches(Map.of("status.phase", "Pending", "metadata.name", "x")))
                .isTrue();
        assertThat(selector.matches(Map.of("status.phase", "Running", "metadata.name", "x")))
                .isFalse();
        assertThat(selector.name()).isEqualTo("x");
    }

    @Test
    void an_unknown_field_is_refused_by_name() {
        Map<String, String> ofAll = SelectableFields.names(KindTable.of("", "configmaps"));
        assertThatThrownBy(() -> FieldSelector.parse("spec.foo=1", ofAll))
                .hasMessage("\"spec.foo\" is not a known field selector: only \"metadata.name\", "
                        + "\"metadata.namespace\"");
        Map<String, String> ofPods = SelectableFields.names(KindTable.of("", "pods"));
        assertThatThrownBy(() -> FieldSelector.parse("spec.foo=1", ofPods))
                .hasMessage("field label not supported: spec.foo");
    }
}
