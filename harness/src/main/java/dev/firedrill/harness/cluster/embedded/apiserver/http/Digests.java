package dev.firedrill.harness.cluster.embedded.apiserver.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names content by what it is. */
final class Digests {
    private Digests() {}

    /** The name of these bytes, in hexadecimal digits. */
    static String of(byte[] content) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-512", impossible);
        }
    }
}
