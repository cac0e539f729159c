package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.util.Base64;

/**
 * Bytes in base64, read as Go reads them: line ends do not count, padding does.
 *
 * <p>Source: Go, {@code encoding/base64} (at which byte it stops).
 */
final class Bytes {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int GROUP = 4;

    private final String text;
    private int at;

    private Bytes(String text) {
        this.text = text;
    }

    /**
     * The same bytes, written without line ends and loose bits.
     *
     * @throws WrongTypeException if it is not base64
     */
    static String canonical(String text) {
        Bytes bytes = new Bytes(text);
        bytes.check();
        byte[] decoded = Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
        return Base64.getEncoder().encodeToString(decoded);
    }

    private void check() {
        skipLineEnds();
        while (at < text.length()) {
            int start = at;
            for (int i = 0; i < GROUP; i++) {
                if (at >= text.length()) {
                    throw illegal(start);
                }
                char next = text.charAt(at);
                if (next == '=') {
                    padding(i);
                    return;
                }
                if (ALPHABET.indexOf(next) < 0) {
                    throw illegal(at);
                }
                at++;
                skipLineEnds();
            }
        }
    }

    private void padding(int index) {
        if (index < 2) {
            throw illegal(at);
        }
        at++;
        skipLineEnds();
        if (index == 2) {
            if (at >= text.length()) {
                throw illegal(text.length());
            }
            if (text.charAt(at) != '=') {
                throw illegal(at - 1);
            }
            at++;
            skipLineEnds();
        }
        if (at < text.length()) {
            throw illegal(at);
        }
    }

    private void skipLineEnds() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
    }

    private static WrongTypeException illegal(int index) {
        return new WrongTypeException("illegal base64 data at input byte " + index);
    }
}
