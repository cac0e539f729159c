package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an object, a list or a Status in Kubernetes' Protobuf form.
 *
 * <p>Source: as of {@link ProtobufReader}.
 */
public final class ProtobufWriter {
    private static final String LIST = "List";

    private final MessageTable table = MessageTable.get();

    private ProtobufWriter() {}

    /** The bytes; empty for a kind whose fields are not known. */
    public static Optional<byte[]> write(ObjectNode object) {
        return new ProtobufWriter().envelope(object);
    }

    private Optional<byte[]> envelope(ObjectNode object) {
        String apiVersion = Json.textAt(object, "apiVersion");
        String kind = Json.textAt(object, "kind");
        Optional<byte[]> content = content(apiVersion, kind, object);
        return content.map(raw -> {
            WireWriter type = new WireWriter().text(1, apiVersion).text(2, kind);
            byte[] magic = ProtobufReader.magic();
            byte[] rest = new WireWriter().message(1, type).bytes(2, raw).toBytes();
            return ByteBuffer.allocate(magic.length + rest.length)
                    .put(magic)
                    .put(rest)
                    .array();
        });
    }

    private Optional<byte[]> content(String apiVersion, String kind, ObjectNode object) {
        String message = MessageTable.name(apiVersion, kind);
        if (table.has(message)) {
            return Optional.of(message(message, object));
        }
        String item = message.endsWith(LIST) ? message.substring(0, message.length() - LIST.length()) : "";
        if (!table.has(item)) {
            return Optional.empty();
        }
        WireWriter list = new WireWriter();
        list.bytes(1, message("meta.ListMeta", object.path("metadata")));
        Json.arrayAt(object, "items").forEach(each -> list.bytes(2, message(item, each)));
        return Optional.of(list.toBytes());
    }

    private byte[] message(String message, JsonNode object) {
        WireWriter wire = new WireWriter();
        new TreeMap<>(table.members(message)).forEach((number, member) -> {
            JsonNode value = object.path(member.name());
            if (member.name().equals("*")) {
                wire.bytes(number, message(member.type(), object));
            } else if (!value.isMissingNode() && !value.isNull()) {
                member(wire, number, member, value);
            }
        });
        return wire.toBytes();
    }

    private void member(WireWriter wire, int number, MessageTable.Member member, JsonNode value) {
        switch (member.shape()) {
            case LIST -> value.forEach(item -> value(wire, number, member.type(), item));
            case MAP -> {
                for (Map.Entry<String, JsonNode> each : value.properties()) {
                    WireWriter entry = new WireWriter();
                    entry.text(1, each.getKey());
                    value(entry, 2, member.type(), each.getValue());
                    wire.bytes(number, entry.toBytes());
                }
            }
            case ONE -> value(wire, number, member.type(), value);
        }
    }

    private void value(WireWriter wire, int number, String type, JsonNode value) {
        switch (type) {
            case "string" -> wire.text(number, value.asString(""));
            case "int" -> wire.varint(number, value.asLong(0));
            case "bool" -> wire.varint(number, value.asBoolean(false) ? 1 : 0);
            case "double" -> wire.fixed64(number, Double.doubleToLongBits(value.asDouble(0)));
            case "bytes" -> wire.bytes(number, Base64.getDecoder().decode(value.asString("")));
            case "time", "microtime" -> wire.bytes(number, moment(value.asString("")));
            case "quantity" -> wire.bytes(number, only(value.asString("0")));
            case "intstr" -> wire.bytes(number, intOrString(value));
            case "raw" -> {
                WireWriter json = new WireWriter();
                json.bytes(1, Json.write(value));
                wire.bytes(number, json.toBytes());
            }
            default -> wire.bytes(number, message(type, value));
        }
    }

    private static byte[] moment(String text) {
        Instant moment = Instant.parse(text);
        WireWriter wire = new WireWriter();
        wire.varint(1, moment.getEpochSecond());
        wire.varint(2, moment.getNano());
        return wire.toBytes();
    }

    private static byte[] only(String text) {
        WireWriter wire = new WireWriter();
        wire.text(1, text);
        return wire.toBytes();
    }

    private static byte[] intOrString(JsonNode value) {
        WireWriter wire = new WireWriter();
        if (value.isString()) {
            wire.varint(1, 1);
            wire.text(3, value.stringValue());
        } else {
            wire.varint(1, 0);
            wire.varint(2, value.asLong(0));
        }
        return wire.toBytes();
    }
}
