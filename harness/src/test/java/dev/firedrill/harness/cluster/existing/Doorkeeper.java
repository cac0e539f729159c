package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.embedded.apiserver.security.ServerIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An API server of which credentials expire: it stands before another one, and answers 401 to a token from the moment
 * on in which that has expired. Connections that were open then are closed, as by a load balancer.
 */
final class Doorkeeper implements AutoCloseable {
    private static final char[] PASSWORD = "unused".toCharArray();
    private static final String ADDRESS = "127.0.0.1";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String STATUS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":"
            + "\"Failure\",\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}";

    private final ServerIdentity identity = ServerIdentity.create(List.of(ADDRESS));
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final List<SSLSocket> open = new CopyOnWriteArrayList<>();
    private final URI server;
    private final SSLContext outer;
    private final SSLContext inner;
    private final SSLServerSocket listener;

    /**
     * @param server the one behind
     * @param authority whom to trust for that: PEM in base64, as kubeconfigs have it
     */
    Doorkeeper(URI server, String authority) throws IOException, GeneralSecurityException {
        this.server = server;
        this.outer = serving(identity);
        this.inner = trusting(authority);
        this.listener = (SSLServerSocket) outer.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        SocketThread.start("doorkeeper", this::accept);
    }

    private static SSLContext serving(ServerIdentity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("server", identity.key(), PASSWORD, new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(String authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        try (InputStream pem = new ByteArrayInputStream(Base64.getDecoder().decode(authority))) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A kubeconfig that leads here, with the credentials of a user as kubeconfigs have them. */
    String kubeconfig(String context, String user) {
        return """
                clusters: [{name: c, cluster: {server: "https://%s:%d", certificate-authority-data: "%s"}}]
                users: [{name: u, user: %s}]
                contexts: [{name: %s, context: {cluster: c, user: u}}]
                """.formatted(
                ADDRESS,
                listener.getLocalPort(),
                Base64.getEncoder().encodeToString(identity.authorityPem().getBytes(StandardCharsets.UTF_8)),
                user,
                context);
    }

    /** From now on nobody is let in with this token. */
    void expire(String token) throws IOException {
        expired.add("Bearer " + token);
        for (SSLSocket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            SSLSocket client = (SSLSocket) listener.accept();
            open.add(client);
            SocketThread.start("doorkeeper", () -> serve(client));
        }
    }

    private void serve(SSLSocket client) throws IOException {
        String head = head(client.getInputStream());
        boolean refused = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("authorization:"))
                .anyMatch(line ->
                        expired.contains(line.substring(line.indexOf(':') + 1).strip()));
        if (refused) {
            String answer = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: "
                    + STATUS.length() + "\r\nConnection: close" + END_OF_HEAD + STATUS;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.close();
            return;
        }
        SSLSocket upstream = (SSLSocket) inner.getSocketFactory().createSocket(server.getHost(), server.getPort());
        open.add(upstream);
        OutputStream out = upstream.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        SocketThread.start("doorkeeper", () -> {
            try (client) {
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        });
        try (upstream) {
            client.getInputStream().transferTo(out);
        }
    }

    /** The first request of a connection up to its body. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("it was closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SSLSocket socket : open) {
            socket.close();
        }
    }
}
