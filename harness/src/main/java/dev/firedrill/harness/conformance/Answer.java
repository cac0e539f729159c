package dev.firedrill.harness.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What an API server, or a program behind it, answered.
 *
 * @param code the HTTP status
 * @param text the body as it came
 */
record Answer(int code, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The body read as JSON; a missing node where it is none. */
    JsonNode json() {
        return text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : MissingNode.getInstance();
    }

    /** One JSON document per line, as a watch sends them. */
    List<JsonNode> lines() {
        List<JsonNode> documents = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> documents.add(JSON.readTree(line)));
        return documents;
    }

    /** A value by its JSON pointer ({@code /status/phase}), as text; empty where there is none. */
    String at(String pointer) {
        return json().at(pointer).asString("");
    }

    /** The items of a list. */
    Stream<JsonNode> items() {
        return json().path("items").valueStream();
    }

    /** Throws unless the status is this one. */
    Answer expect(int expected) {
        if (code != expected) {
            throw new AssertionError("HTTP status " + code + " instead of " + expected + ": " + shortened(text));
        }
        return this;
    }

    /** Throws unless this is a Kubernetes Status with that code and reason. */
    Answer expect(int expected, String reason) {
        expect(expected);
        if (!at("/kind").equals("Status") || !at("/reason").equals(reason)) {
            throw new AssertionError("not a Status with reason " + reason + ": " + shortened(text));
        }
        return this;
    }

    private static String shortened(String text) {
        return text.length() <= 400 ? text : text.substring(0, 400) + "...";
    }
}
