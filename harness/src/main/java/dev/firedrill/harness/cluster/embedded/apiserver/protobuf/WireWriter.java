package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one Protobuf message as bytes. Source: "Encoding", protobuf.dev. */
final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void raw(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    private void tag(int number, int wireType) {
        raw((long) number << 3 | wireType);
    }

    void varint(int number, long value) {
        tag(number, WireReader.VARINT);
        raw(value);
    }

    void fixed64(int number, long value) {
        tag(number, WireReader.FIXED64);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }

    void bytes(int number, byte[] value) {
        tag(number, WireReader.LENGTH);
        raw(value.length);
        out.writeBytes(value);
    }

    void text(int number, String value) {
        bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
