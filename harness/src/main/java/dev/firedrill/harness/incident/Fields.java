package dev.firedrill.harness.incident;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A map of a YAML file whose keys have been checked: the required ones are there. */
record Fields(Located place, Map<String, Located> entries) {
    Located get(String key) {
        return Objects.requireNonNull(entries.get(key), key);
    }

    Optional<Located> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    String text(String key) {
        return get(key).text();
    }

    String text(String key, String otherwise) {
        return find(key).map(Located::text).orElse(otherwise);
    }

    /** A map from names that the author chose to texts; empty if there is none. */
    static Map<String, String> texts(Optional<Located> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.map(Located::entries).ifPresent(entries -> entries.forEach((key, value) -> texts.put(key, value.text())));
        return texts;
    }

    <T> List<T> list(String key, Function<Located, T> item) {
        return find(key).map(list -> list.items().stream().map(item).toList()).orElse(List.of());
    }
}
