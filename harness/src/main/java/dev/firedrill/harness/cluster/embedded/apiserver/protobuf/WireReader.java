package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of one Protobuf message from bytes. Source: "Encoding", protobuf.dev. */
final class WireReader {
    private static final int LONGEST_VARINT = 70;
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;

    WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    boolean hasMore() {
        return at < end;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedProtobufException("a number is too long");
    }

    /** What is nested here, as a reader of its own. */
    WireReader nested() {
        int length = length();
        WireReader nested = new WireReader(bytes, at, at + length);
        at += length;
        return nested;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    long fixed(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) (next() & 0xff) << (8 * i);
        }
        return value;
    }

    void skip(int wireType) {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> fixed(8);
            case LENGTH -> nested();
            case FIXED32 -> fixed(4);
            default -> throw new MalformedProtobufException("wire type " + wireType);
        }
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new MalformedProtobufException("a length goes beyond the end");
        }
        return (int) length;
    }

    private byte next() {
        if (at >= end) {
            throw new MalformedProtobufException("unexpected end");
        }
        return bytes[at++];
    }
}
