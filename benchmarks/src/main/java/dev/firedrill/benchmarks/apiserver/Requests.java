package dev.firedrill.benchmarks.apiserver;

import java.nio.charset.StandardCharsets;

/** Makes the bytes of HTTP/1.1 requests, so that sending them costs the measuring process little. */
final class Requests {
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private final String common;

    Requests(String host, String token) {
        this.common = " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n";
    }

    byte[] get(String path) {
        return ("GET " + path + common + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] delete(String path) {
        return ("DELETE " + path + common + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] post(String path, String body) {
        return withBody("POST", path, JSON, body);
    }

    byte[] patch(String path, String body) {
        return withBody("PATCH", path, MERGE_PATCH, body);
    }

    private byte[] withBody(String method, String path, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return (method + " " + path + common + "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
