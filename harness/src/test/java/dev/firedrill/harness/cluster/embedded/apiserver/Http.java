package dev.firedrill.harness.cluster.embedded.apiserver;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain requests to a server, as a client without a library sends them. */
final class Http {
    private final ApiServer server;
    private final HttpClient client;

    Http(ApiServer server) {
        this.server = server;
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(server.authorityPem()))
                .build();
    }

    private static SSLContext trusting(String authority) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** An answer. */
    record Answer(int code, String body, HttpResponse<?> response) {
        ObjectNode json() {
            return JsonReader.object(body.getBytes(StandardCharsets.UTF_8));
        }

        String reason() {
            return Json.textAt(json(), "reason");
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + server.adminToken());
    }

    Answer get(String path) {
        return send(to(path).GET());
    }

    Answer post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    Answer send(String method, String path, String type, String body) {
        return send(to(path).header("content-type", type).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    /** An answer that is no text. */
    HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        return exchange(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The lines of an answer that goes on. */
    Stream<String> lines(String path) {
        return exchange(to(path).GET(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
