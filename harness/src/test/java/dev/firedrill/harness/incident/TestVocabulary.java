package dev.firedrill.harness.incident;

import dev.firedrill.harness.incident.FaultKind.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Three kinds of fault and one system. */
final class TestVocabulary {
    private TestVocabulary() {}

    static Vocabulary vocabulary() {
        Map<String, FaultKind> kinds = new LinkedHashMap<>();
        kinds.put("pod-restart", new FaultKind(Map.of("selector", Parameter.LABELS), List.of()));
        kinds.put("wrong-config-value", new FaultKind(texts("configMap", "key", "value"), List.of()));
        kinds.put(
                "controller-resync",
                new FaultKind(texts("configMap", "request", "answer", "breaks", "host"), List.of("breaks", "host")));
        return new Vocabulary(Set.of("shop"), () -> kinds);
    }

    private static Map<String, Parameter> texts(String... names) {
        Map<String, Parameter> types = new LinkedHashMap<>();
        for (String name : names) {
            types.put(name, Parameter.TEXT);
        }
        return types;
    }
}
