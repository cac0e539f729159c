package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Attributes;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Toxic;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.ToxicTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of requests and answers. What a request leaves out, or sets to null, is as it was or the default. */
final class Requests {
    /** What comes after the first value of a body is not looked at. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Requests() {}

    private static JsonNode parse(String body) {
        if (body.isBlank()) {
            throw ApiException.badBody("EOF");
        }
        try {
            return lowerCased(JSON.readTree(body));
        } catch (JacksonException e) {
            throw ApiException.badBody(e.getOriginalMessage());
        }
    }

    /** With its field names in lower case, since they may be written in any. */
    private static JsonNode lowerCased(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            node.properties()
                    .forEach(field -> copy.set(field.getKey().toLowerCase(Locale.ROOT), lowerCased(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(each -> copy.add(lowerCased(each)));
            return copy;
        }
        return node;
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw ApiException.badBody("must be an object, not " + node.getNodeType());
        }
        return node;
    }

    private static String text(JsonNode body, String field, String otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw ApiException.badBody(field + " must be a text, not " + value);
        }
        return value.asString();
    }

    private static boolean flag(JsonNode body, String field, boolean otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiException.badBody(field + " must be true or false, not " + value);
        }
        return value.asBoolean();
    }

    private static float toxicity(JsonNode body, float otherwise) {
        JsonNode value = body.path("toxicity");
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw ApiException.badBody("toxicity must be a number, not " + value);
        }
        return (float) value.asDouble();
    }

    /** A proxy that is to be made. */
    static ProxySettings newProxy(String body) {
        ProxySettings settings = proxy(object(parse(body)), new ProxySettings("", "", "", true));
        required(settings, "");
        return settings;
    }

    private static ProxySettings proxy(JsonNode body, ProxySettings before) {
        return new ProxySettings(
                text(body, "name", before.name()),
                text(body, "listen", before.listen()),
                text(body, "upstream", before.upstream()),
                flag(body, "enabled", before.enabled()));
    }

    private static void required(ProxySettings settings, String where) {
        if (settings.name().isEmpty()) {
            throw ApiException.missingField("name" + where);
        }
        if (settings.upstream().isEmpty()) {
            throw ApiException.missingField("upstream" + where);
        }
    }

    /** Many that are to be made; all of them are looked at before any is. */
    static List<ProxySettings> newProxies(String body) {
        JsonNode list = parse(body);
        if (!list.isArray()) {
            throw ApiException.badBody("must be a list of proxies, not " + list.getNodeType());
        }
        List<ProxySettings> all = new ArrayList<>();
        for (JsonNode each : list) {
            ProxySettings settings = proxy(object(each), new ProxySettings("", "", "", true));
            required(settings, " at proxy " + (all.size() + 1));
            all.add(settings);
        }
        return all;
    }

    /** A proxy as it is to be; its name stays. */
    static ProxySettings changedProxy(String body, ProxySettings before) {
        ProxySettings wanted = proxy(object(parse(body)), before);
        return new ProxySettings(before.name(), wanted.listen(), wanted.upstream(), wanted.enabled());
    }

    /** A toxic that is to be added. */
    static NamedToxic newToxic(String text) {
        JsonNode body = object(parse(text));
        String stream = text(body, "stream", Direction.DOWNSTREAM.label());
        String type = text(body, "type", "");
        String name = text(body, "name", "");
        float toxicity = toxicity(body, 1);
        Direction direction = Direction.parse(stream)
                .orElseThrow(() -> new ApiException(400, "stream was invalid, can be either upstream or downstream"));
        Toxic kind = ToxicTypes.named(type).orElseThrow(() -> new ApiException(400, "invalid toxic type"));
        return new NamedToxic(
                name.isEmpty() ? type + "_" + stream : name, stream, direction, toxicity, attributes(kind, body));
    }

    /** What a toxic is to do. */
    static Toxic attributes(String body, NamedToxic before) {
        return attributes(before.toxic(), object(parse(body)));
    }

    /** On which share of connections a toxic is to work. */
    static float toxicity(String body, NamedToxic before) {
        return toxicity(object(parse(body)), before.toxicity());
    }

    private static Toxic attributes(Toxic before, JsonNode body) {
        JsonNode changes = body.path("attributes");
        if (!changes.isMissingNode() && !changes.isNull()) {
            object(changes);
        }
        try {
            return before.with(new Attributes(changes));
        } catch (IllegalArgumentException e) {
            throw ApiException.badBody(String.valueOf(e.getMessage()));
        }
    }

    static ObjectNode answer(Proxy proxy) {
        ProxySettings settings = proxy.settings();
        ObjectNode node = JSON.createObjectNode()
                .put("name", settings.name())
                .put("listen", settings.listen())
                .put("upstream", settings.upstream())
                .put("enabled", settings.enabled());
        node.set("toxics", answer(proxy.toxics().all()));
        return node;
    }

    static ArrayNode answer(List<NamedToxic> toxics) {
        ArrayNode list = JSON.createArrayNode();
        toxics.forEach(toxic -> list.add(answer(toxic)));
        return list;
    }

    static ObjectNode answer(NamedToxic toxic) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode attributes = node.putObject("attributes");
        for (Map.Entry<String, Long> each : toxic.toxic().attributes().entrySet()) {
            attributes.put(each.getKey(), each.getValue());
        }
        return node.put("name", toxic.name())
                .put("type", toxic.toxic().type())
                .put("stream", toxic.stream())
                .put("toxicity", toxic.toxicity());
    }

    /** All proxies by their names. */
    static ObjectNode answer(Iterable<Proxy> proxies) {
        ObjectNode node = JSON.createObjectNode();
        proxies.forEach(proxy -> node.set(proxy.settings().name(), answer(proxy)));
        return node;
    }

    static ObjectNode answer(ApiException refused) {
        return JSON.createObjectNode().put("error", refused.said()).put("status", refused.status());
    }

    /** What came of adding many; {@code proxies} is null if none was. */
    static ObjectNode answer(Proxies.Population population) {
        ObjectNode node = JSON.createObjectNode();
        population.failure().forEach(failure -> node.setAll(answer(failure)));
        if (population.proxies().isEmpty()) {
            node.putNull("proxies");
        } else {
            ArrayNode list = node.putArray("proxies");
            population.proxies().forEach(proxy -> list.add(answer(proxy)));
        }
        return node;
    }
}
