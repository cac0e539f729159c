package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Messages that are single values in JSON: moments, amounts, ports, and JSON itself. */
final class WellKnown {
    private WellKnown() {}

    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    static @Nullable JsonNode time(WireReader wire) {
        Instant time = moment(wire);
        return time == null ? null : Json.string(time.toString());
    }

    /** A moment that has six digits of a second in JSON, always. */
    static @Nullable JsonNode microTime(WireReader wire) {
        Instant time = moment(wire);
        return time == null ? null : Json.string(MICROS.format(time));
    }

    private static @Nullable Instant moment(WireReader wire) {
        long seconds = 0;
        long nanos = 0;
        while (wire.hasMore()) {
            long tag = wire.varint();
            long value = wire.varint();
            if (tag >>> 3 == 1) {
                seconds = value;
            } else {
                nanos = value;
            }
        }
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    static JsonNode quantity(WireReader wire) {
        String text = "0";
        while (wire.hasMore()) {
            wire.varint();
            text = wire.text();
        }
        return Json.string(text);
    }

    static JsonNode intOrString(WireReader wire) {
        boolean isText = false;
        long number = 0;
        String text = "";
        while (wire.hasMore()) {
            switch ((int) (wire.varint() >>> 3)) {
                case 1 -> isText = wire.varint() == 1;
                case 2 -> number = wire.varint();
                default -> text = wire.text();
            }
        }
        return isText ? Json.string(text) : Json.number(number);
    }

    static @Nullable JsonNode raw(WireReader wire) {
        byte[] json = new byte[0];
        while (wire.hasMore()) {
            wire.varint();
            json = wire.nested().rest();
        }
        return json.length == 0 ? null : JsonReader.read(json).tree();
    }
}
