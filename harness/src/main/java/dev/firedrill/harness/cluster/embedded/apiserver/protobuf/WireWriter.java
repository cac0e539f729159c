package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one Protobuf message. Source: "Encoding", protobuf.dev. */
public final class WireWriter {
    private static final int LOW_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a text; an empty one is as good as none. */
    public WireWriter text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message, even an empty one. */
    public WireWriter message(int field, WireWriter message) {
        return bytes(field, message.bytes());
    }

    private WireWriter bytes(int field, byte[] value) {
        varint(((long) field << 3) | LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long left = value;
        while (left > LOW_BITS) {
            out.write((int) (left & LOW_BITS) | MORE);
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** The message as it is sent. */
    public byte[] bytes() {
        return out.toByteArray();
    }
}
