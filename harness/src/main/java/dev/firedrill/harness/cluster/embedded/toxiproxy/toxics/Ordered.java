package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes in the order in which the API shows them. */
final class Ordered {
    private Ordered() {}

    static Map<String, Long> of(String first, long one, String second, long two) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put(first, one);
        all.put(second, two);
        return Collections.unmodifiableMap(all);
    }

    static Map<String, Long> of(String first, long one, String second, long two, String third, long three) {
        Map<String, Long> all = new LinkedHashMap<>(of(first, one, second, two));
        all.put(third, three);
        return Collections.unmodifiableMap(all);
    }
}
