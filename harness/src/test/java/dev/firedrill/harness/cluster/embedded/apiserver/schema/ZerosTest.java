package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ZerosTest {
    @Test
    void every_row_of_the_table_is_about_fields_of_the_model() throws IOException {
        Set<String> reached = new TreeSet<>();
        Set<ObjectType> seen = new HashSet<>();
        Deque<ValueType> open = new ArrayDeque<>();
        KindTable.all().forEach(kind -> open.add(ModelTypes.of(kind)));
        while (!open.isEmpty()) {
            ValueType type = open.remove();
            if (type instanceof ListType list) {
                open.add(list.items());
            } else if (type instanceof MapType map) {
                open.add(map.values());
            } else if (type instanceof ObjectType object && seen.add(object)) {
                object.fields().values().forEach(field -> {
                    open.add(field.type());
                    if (field.omittedIfZero()) {
                        assertThat(field.type())
                                .as(object.name() + "." + field.name())
                                .isInstanceOf(Scalar.class);
                        reached.add(object.model().getName().replace("io.fabric8.kubernetes.api.model.", "") + " "
                                + field.name());
                    }
                });
            }
        }
        Set<String> rows = new TreeSet<>();
        for (String line : table().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length && !line.startsWith("#"); i++) {
                rows.add(words[0] + " " + words[i]);
            }
        }
        assertThat(reached).isEqualTo(rows);
    }

    private static String table() throws IOException {
        try (InputStream stream = Objects.requireNonNull(ZerosTest.class.getResourceAsStream("zeros.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
