package dev.firedrill.harness.cluster.embedded.apiserver;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Yaml;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written as YAML. */
public final class Trees {
    private Trees() {}

    public static ObjectNode object(String yaml) {
        return (ObjectNode) tree(yaml);
    }

    public static JsonNode tree(String yaml) {
        return Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)).tree();
    }
}
