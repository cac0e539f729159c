package dev.firedrill.harness.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a pod is given to speak to the API server. Asks with the JDK alone, since whoever only looks need not load a
 * client of Kubernetes. For one thread.
 *
 * <p>Source: Kubernetes, "Accessing the API from within a Pod".
 */
public final class PodAccount {
    /** The variable that names the directory. */
    static final String DIRECTORY = "SERVICE_ACCOUNT_DIR";

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private final URI server;
    private final Path directory;
    private @Nullable SSLSocketFactory trust;

    private PodAccount(URI server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * An answer of the API server.
     *
     * @param status of HTTP
     * @param body as text
     * @param at the server's time, so that no clock but its own is asked
     */
    public record Answer(int status, String body, Instant at) {}

    /** The account of the pod whose environment this is; empty if it has none. */
    static Optional<PodAccount> of(Map<String, String> environment) {
        String directory = environment.getOrDefault(DIRECTORY, "");
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (directory.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return Optional.of(new PodAccount(
                URI.create("https://" + authority + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443")
                        + "/"),
                Path.of(directory)));
    }

    /** The URL of the API server, with a slash at its end. */
    public URI server() {
        return server;
    }

    /** The namespace of the pod. */
    public String namespace() throws IOException {
        return Files.readString(directory.resolve("namespace")).strip();
    }

    /** The token; it is replaced before it expires, so that it is read anew for each request. */
    public String token() throws IOException {
        return Files.readString(directory.resolve("token")).strip();
    }

    /** The certificate of the authority that the server's own is of. */
    public Path authority() {
        return directory.resolve("ca.crt");
    }

    /**
     * Asks for something.
     *
     * @param path below the server's URL, without a slash at its beginning
     */
    public Answer get(String path) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) server.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        SSLSocketFactory trusted = trust == null ? trusted() : trust;
        trust = trusted;
        connection.setSSLSocketFactory(trusted);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token());
        connection.setRequestProperty("Accept", "application/json");
        int status = connection.getResponseCode();
        long date = connection.getDate();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status,
                    body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8),
                    date == 0 ? Instant.now() : Instant.ofEpochMilli(date));
        }
    }

    private SSLSocketFactory trusted() throws IOException {
        try (InputStream in = Files.newInputStream(authority())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(authority() + " is no authority to trust: " + e.getMessage(), e);
        }
    }
}
