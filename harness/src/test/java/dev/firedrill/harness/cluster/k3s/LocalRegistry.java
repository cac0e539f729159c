package dev.firedrill.harness.cluster.k3s;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry on loopback that takes what is pushed, and refuses a blob that is not what its digest says.
 *
 * <p>Source: OCI Distribution Specification 1.1, "Push".
 */
final class LocalRegistry implements AutoCloseable {
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/(.*)");
    private static final Pattern BLOB = Pattern.compile("/v2/.+/blobs/(sha256:[0-9a-f]{64})");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/(.+)");

    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    LocalRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** As in {@code 127.0.0.1:40123}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The manifest of an image, as it was pushed. */
    Optional<String> manifest(String name, String tag) {
        return Optional.ofNullable(manifests.get(name + ":" + tag))
                .map(manifest -> new String(manifest, StandardCharsets.UTF_8));
    }

    /** A blob, which is what its digest says. */
    Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            Matcher upload = UPLOAD.matcher(path);
            Matcher blob = BLOB.matcher(path);
            Matcher manifest = MANIFEST.matcher(path);
            if (path.equals("/v2/")) {
                answer(exchange, 200);
            } else if (upload.matches()) {
                upload(exchange, upload.group(1), upload.group(2), body);
            } else if (blob.matches()) {
                byte[] known = blobs.get(blob.group(1));
                if (known != null) {
                    exchange.getResponseHeaders().set("Content-Length", Integer.toString(known.length));
                }
                answer(exchange, known == null ? 404 : 200);
            } else if (manifest.matches() && exchange.getRequestMethod().equals("PUT")) {
                manifests.put(manifest.group(1) + ":" + manifest.group(2), body);
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
                answer(exchange, 201);
            } else {
                answer(exchange, 404);
            }
        }
    }

    private void upload(HttpExchange exchange, String name, String id, byte[] body) throws IOException {
        String session =
                exchange.getRequestMethod().equals("POST") ? UUID.randomUUID().toString() : id;
        ByteArrayOutputStream received = uploads.computeIfAbsent(session, key -> new ByteArrayOutputStream());
        received.write(body);
        exchange.getResponseHeaders().set("Location", "/v2/" + name + "/blobs/uploads/" + session);
        exchange.getResponseHeaders().set("Docker-Upload-UUID", session);
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, received.size() - 1));
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] whole = received.toByteArray();
            String asked = exchange.getRequestURI().getQuery().replaceFirst("^.*digest=", "");
            boolean right = asked.equals(digest(whole));
            if (right) {
                blobs.put(asked, whole);
                exchange.getResponseHeaders().set("Docker-Content-Digest", asked);
            }
            uploads.remove(session);
            answer(exchange, right ? 201 : 400);
        } else {
            answer(exchange, 202);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        exchange.sendResponseHeaders(status, -1);
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
