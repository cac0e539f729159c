package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an object in Kubernetes' Protobuf form as the JSON tree it stands for. {@code kubectl} sends this form in
 * {@code create} and {@code auth}.
 *
 * <p>Source: Kubernetes API concepts, "Protobuf encoding": four bytes, then a {@code runtime.Unknown}.
 */
public final class ProtobufReader {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final MessageTable table = MessageTable.get();

    private ProtobufReader() {}

    /** With what every object begins. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    /**
     * Reads one object.
     *
     * @throws MalformedProtobufException if the bytes are none, or of a kind whose fields are not known
     */
    public static ObjectNode read(byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.length <= i || bytes[i] != MAGIC[i]) {
                throw new MalformedProtobufException("provided data does not appear to be a protobuf message");
            }
        }
        return new ProtobufReader().envelope(new WireReader(bytes, MAGIC.length, bytes.length));
    }

    private ObjectNode envelope(WireReader wire) {
        ObjectNode object = Json.object();
        byte[] raw = new byte[0];
        while (wire.hasMore()) {
            long tag = wire.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> typeMeta(wire.nested(), object);
                case 2 -> raw = wire.nested().rest();
                default -> wire.skip((int) (tag & 7));
            }
        }
        String message = MessageTable.name(Json.textAt(object, "apiVersion"), Json.textAt(object, "kind"));
        if (!table.has(message)) {
            throw new MalformedProtobufException("the fields of " + message + " are not known; send JSON");
        }
        message(new WireReader(raw, 0, raw.length), message, object);
        return object;
    }

    private static void typeMeta(WireReader wire, ObjectNode object) {
        while (wire.hasMore()) {
            long tag = wire.varint();
            String text = wire.text();
            object.put(tag >>> 3 == 1 ? "apiVersion" : "kind", text);
        }
    }

    private void message(WireReader wire, String message, ObjectNode into) {
        while (wire.hasMore()) {
            long tag = wire.varint();
            int wireType = (int) (tag & 7);
            MessageTable.Member member = table.member(message, (int) (tag >>> 3));
            if (member == null) {
                wire.skip(wireType);
            } else if (member.name().equals("*")) {
                message(wire.nested(), member.type(), into);
            } else {
                member(wire, member, into);
            }
        }
    }

    private void member(WireReader wire, MessageTable.Member member, ObjectNode into) {
        switch (member.shape()) {
            case LIST -> {
                JsonNode item = value(wire, member.type());
                into.withArrayProperty(member.name()).add(item == null ? Json.string("") : item);
            }
            case MAP -> entry(wire.nested(), member.type(), into.withObjectProperty(member.name()));
            case ONE -> {
                JsonNode value = value(wire, member.type());
                if (value != null && isSet(member, value)) {
                    into.set(member.name(), value);
                }
            }
        }
    }

    private static boolean isSet(MessageTable.Member member, JsonNode value) {
        boolean zero = (value.isString() && value.stringValue().isEmpty())
                || (value.isNumber() && value.longValue() == 0)
                || (value.isBoolean() && !value.booleanValue());
        return !zero || member.zeroCounts();
    }

    private void entry(WireReader wire, String type, ObjectNode into) {
        String key = "";
        JsonNode value = Json.string("");
        while (wire.hasMore()) {
            long tag = wire.varint();
            if (tag >>> 3 == 1) {
                key = wire.text();
            } else {
                JsonNode read = value(wire, type);
                value = read == null ? value : read;
            }
        }
        into.set(key, value);
    }

    private @Nullable JsonNode value(WireReader wire, String type) {
        return switch (type) {
            case "string" -> Json.string(wire.text());
            case "int" -> Json.number(wire.varint());
            case "bool" -> Json.bool(wire.varint() != 0);
            case "double" -> Json.decimal(Double.longBitsToDouble(wire.fixed(8)));
            case "bytes" ->
                Json.string(Base64.getEncoder().encodeToString(wire.nested().rest()));
            case "time" -> WellKnown.time(wire.nested());
            case "microtime" -> WellKnown.microTime(wire.nested());
            case "quantity" -> WellKnown.quantity(wire.nested());
            case "intstr" -> WellKnown.intOrString(wire.nested());
            case "raw" -> WellKnown.raw(wire.nested());
            default -> {
                ObjectNode nested = Json.object();
                message(wire.nested(), type, nested);
                yield nested;
            }
        };
    }
}
