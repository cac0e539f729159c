package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one Protobuf message as bytes. Source: "Encoding", protobuf.dev. */
public final class WireWriter {
    private static final int LOW_BITS = 0x7F;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireWriter varint(int number, long value) {
        tag(number, WireReader.VARINT);
        raw(value);
        return this;
    }

    WireWriter fixed64(int number, long value) {
        tag(number, WireReader.FIXED64);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    WireWriter bytes(int number, byte[] value) {
        tag(number, WireReader.LENGTH);
        raw(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Adds a text, even an empty one, which is as good as none. */
    public WireWriter text(int number, String value) {
        return bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message, even an empty one. */
    public WireWriter message(int number, WireWriter message) {
        return bytes(number, message.toBytes());
    }

    /** The message as it is sent. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int number, int wireType) {
        raw((long) number << 3 | wireType);
    }

    private void raw(long value) {
        long left = value;
        while ((left & ~LOW_BITS) != 0) {
            out.write((int) (left & LOW_BITS) | MORE);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
