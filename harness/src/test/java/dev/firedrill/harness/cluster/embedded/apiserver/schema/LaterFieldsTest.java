package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LaterFieldsTest {
    @Test
    void every_row_of_the_table_is_about_fields_that_the_model_has_and_no_type() throws Exception {
        List<String> checked = new ArrayList<>();
        for (String row : table().lines().filter(line -> !line.startsWith("#")).toList()) {
            String[] words = row.split(" ", -1);
            Class<?> model = Class.forName("io.fabric8.kubernetes.api.model." + words[0]);
            List<String> known = Arrays.stream(model.getDeclaredFields())
                    .map(field -> field.getAnnotation(JsonProperty.class))
                    .filter(Objects::nonNull)
                    .map(JsonProperty::value)
                    .toList();
            for (String field : Arrays.asList(words).subList(1, words.length)) {
                assertThat(known).as(row).contains(field);
                assertThat(ModelTypes.of(model).fields()).as(row).doesNotContainKey(field);
                checked.add(field);
            }
        }
        assertThat(checked).hasSizeGreaterThan(40);
    }

    @Test
    void what_came_later_is_unknown_and_what_was_there_is_not() {
        ObjectType pod = (ObjectType)
                Objects.requireNonNull(ModelTypes.of(KindTable.of("", "pods")).field("spec"))
                        .type();

        assertThat(pod.fields())
                .containsKeys("schedulingGates", "hostnameOverride")
                .doesNotContainKey("schedulingGroup");
    }

    private static String table() throws IOException {
        try (InputStream stream = Objects.requireNonNull(LaterFieldsTest.class.getResourceAsStream("later.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
