package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers are kept in the form of {@code autoscaling/v2} and shown in that of {@code v1} too, which
 * knows no metric but the processor: it has the others, and the behaviour, in annotations.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/autoscaling/v1/conversion.go}.
 */
final class ScalerVersions {
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
    private static final String SHARE = "targetCPUUtilizationPercentage";
    private static final String RESOURCE = "resource";
    private static final List<String> OF_RESOURCES = List.of(RESOURCE, "containerResource");

    private ScalerVersions() {}

    /** The form of v2. */
    static ObjectNode toStored(ObjectNode first) {
        ObjectNode second = first.deepCopy().put("apiVersion", "autoscaling/v2");
        ObjectNode spec = second.withObjectProperty("spec");
        ArrayNode metrics = Json.array();
        if (annotated(first, METRICS) instanceof ArrayNode others) {
            others.forEach(metric -> metrics.add(metricOfSecond(metric)));
        }
        JsonNode share = spec.remove(SHARE);
        if (share != null) {
            metrics.add(processor(share));
        }
        if (!metrics.isEmpty()) {
            spec.set("metrics", metrics);
        }
        if (annotated(first, BEHAVIOR) instanceof ObjectNode behavior) {
            spec.set("behavior", named(behavior, ScalerVersions::small));
        }
        dropNotes(second);
        JsonNode now = second.path("status").get("currentCPUUtilizationPercentage");
        if (second.get("status") instanceof ObjectNode status && now != null) {
            status.remove("currentCPUUtilizationPercentage");
            ObjectNode metric = status.putArray("currentMetrics").addObject().put("type", "Resource");
            metric.putObject(RESOURCE).put("name", "cpu").putObject("current").set("averageUtilization", now);
        }
        return second;
    }

    /** The form of v1. */
    static ObjectNode fromStored(ObjectNode second) {
        ObjectNode first = second.deepCopy().put("apiVersion", "autoscaling/v1");
        dropNotes(first);
        ObjectNode spec = first.withObjectProperty("spec");
        ArrayNode others = Json.array();
        for (JsonNode metric : Json.arrayAt(second, "spec", "metrics")) {
            JsonNode share = Json.at(metric, RESOURCE, "target", "averageUtilization");
            boolean processor = Json.textAt(metric, RESOURCE, "name").equals("cpu");
            if (share == null || !processor) {
                others.add(metricOfFirst(metric));
            } else if (!spec.has(SHARE)) {
                spec.set(SHARE, share);
            }
        }
        JsonNode behavior = spec.remove("behavior");
        spec.remove("metrics");
        note(first, METRICS, others.isEmpty() ? null : others);
        note(first, BEHAVIOR, behavior == null ? null : named(behavior, ScalerVersions::large));
        if (first.get("status") instanceof ObjectNode status) {
            for (JsonNode metric : Json.arrayAt(second, "status", "currentMetrics")) {
                JsonNode now = Json.at(metric, RESOURCE, "current", "averageUtilization");
                if (now != null && Json.textAt(metric, RESOURCE, "name").equals("cpu")) {
                    status.set("currentCPUUtilizationPercentage", now);
                }
            }
            status.remove(List.of("currentMetrics", "conditions"));
            status.putIfAbsent("currentReplicas", Json.number(0));
        }
        return first;
    }

    private static ObjectNode processor(JsonNode share) {
        ObjectNode metric = Json.object().put("type", "Resource");
        metric.putObject(RESOURCE)
                .put("name", "cpu")
                .putObject("target")
                .put("type", "Utilization")
                .set("averageUtilization", share);
        return metric;
    }

    /** The fields of v1 that say of a metric what its target is, by those of v2. */
    private static Map<String, String> targets(String source) {
        if (OF_RESOURCES.contains(source)) {
            return Map.of("averageUtilization", "targetAverageUtilization", "averageValue", "targetAverageValue");
        }
        return source.equals("object")
                ? Map.of("value", "targetValue", "averageValue", "averageValue")
                : Map.of("value", "targetValue", "averageValue", "targetAverageValue");
    }

    private static String selector(String source) {
        return source.equals("external") ? "metricSelector" : "selector";
    }

    private static ObjectNode metricOfFirst(JsonNode metric) {
        ObjectNode shown = Json.object();
        for (Map.Entry<String, JsonNode> field : metric.properties()) {
            if (!(field.getValue() instanceof ObjectNode source)) {
                shown.set(field.getKey(), field.getValue());
                continue;
            }
            ObjectNode old = shown.putObject(field.getKey());
            move(source, "name", old, "name");
            move(source, "container", old, "container");
            move(source, "describedObject", old, "target");
            move(source.path("metric"), "name", old, "metricName");
            move(source.path("metric"), "selector", old, selector(field.getKey()));
            targets(field.getKey()).forEach((now, before) -> move(source.path("target"), now, old, before));
        }
        return shown;
    }

    private static ObjectNode metricOfSecond(JsonNode metric) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> field : metric.properties()) {
            if (!(field.getValue() instanceof ObjectNode source)) {
                kept.set(field.getKey(), field.getValue());
                continue;
            }
            ObjectNode now = kept.putObject(field.getKey());
            ObjectNode target = Json.object();
            targets(field.getKey()).forEach((name, before) -> move(source, before, target, name));
            String type = target.has("averageUtilization")
                    ? "Utilization"
                    : target.has("averageValue") ? "AverageValue" : "Value";
            now.set("target", target.put("type", type));
            move(source, "name", now, "name");
            move(source, "container", now, "container");
            move(source, "target", now, "describedObject");
            if (source.has("metricName")) {
                ObjectNode named = now.putObject("metric");
                move(source, "metricName", named, "name");
                move(source, selector(field.getKey()), named, "selector");
            }
        }
        return kept;
    }

    private static void move(JsonNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.get(name);
        if (value != null) {
            to.set(as, value);
        }
    }

    private static @Nullable JsonNode annotated(ObjectNode scaler, String name) {
        String text = Json.textAt(scaler, "metadata", "annotations", name);
        try {
            return text.isEmpty()
                    ? null
                    : JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).tree();
        } catch (MalformedJsonException ignored) {
            // Whoever wrote it cannot have meant it: it is dropped, as an API server does.
            return null;
        }
    }

    private static void note(ObjectNode scaler, String name, @Nullable JsonNode value) {
        if (value != null) {
            scaler.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(name, Json.text(value));
        }
    }

    private static void dropNotes(ObjectNode scaler) {
        if (Json.at(scaler, "metadata", "annotations") instanceof ObjectNode annotations) {
            annotations.remove(List.of(METRICS, BEHAVIOR));
            if (annotations.isEmpty()) {
                scaler.withObjectProperty("metadata").remove("annotations");
            }
        }
    }

    /** The same tree with other names: the annotation has those of Go's fields. */
    private static JsonNode named(JsonNode value, UnaryOperator<String> name) {
        if (value instanceof ObjectNode object) {
            ObjectNode other = Json.object();
            object.properties().forEach(field -> other.set(name.apply(field.getKey()), named(field.getValue(), name)));
            return other;
        }
        if (value.isArray()) {
            return Json.array()
                    .addAll(value.valueStream().map(item -> named(item, name)).toList());
        }
        return value;
    }

    private static String large(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String small(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
