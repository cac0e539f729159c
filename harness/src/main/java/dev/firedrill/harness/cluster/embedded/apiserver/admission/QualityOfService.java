package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Source: k8s.io/kubernetes, {@code pkg/apis/core/helper/qos}. */
final class QualityOfService {
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private QualityOfService() {}

    static String of(JsonNode spec) {
        boolean any = false;
        boolean all = true;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : Json.arrayAt(spec, list)) {
                for (String resource : RESOURCES) {
                    JsonNode request = Json.at(container, "resources", "requests", resource);
                    JsonNode limit = Json.at(container, "resources", "limits", resource);
                    any |= request != null || limit != null;
                    all &= limit != null && limit.equals(request);
                }
            }
        }
        if (!any) {
            return "BestEffort";
        }
        return all ? "Guaranteed" : "Burstable";
    }
}
