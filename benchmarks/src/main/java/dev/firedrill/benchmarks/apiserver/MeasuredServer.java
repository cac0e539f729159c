package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An API server in a process of its own, and how it is reached. */
final class MeasuredServer implements AutoCloseable {
    private static final Path ERRORS = Programs.OUTPUT.resolve("apiserver.err");
    private static final Duration END = Duration.ofSeconds(30);

    private final Child child;
    private final URI url;
    private final String token;
    private final SSLContext trust;

    private MeasuredServer(Child child, URI url, String token, SSLContext trust) {
        this.child = child;
        this.url = url;
        this.token = token;
        this.trust = trust;
    }

    static MeasuredServer start() {
        Path authority = Programs.OUTPUT.resolve("apiserver.pem");
        Child child =
                Child.talking(Programs.java(ServerProcess.class, List.of(authority.toString())), Map.of(), ERRORS);
        try {
            String url = next(child);
            String token = next(child);
            return new MeasuredServer(child, URI.create(url), token, trust(Files.readAllBytes(authority)));
        } catch (IOException e) {
            child.close();
            throw new UncheckedIOException("cannot read " + authority, e);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static String next(Child child) {
        return child.line().orElseThrow(() -> new MeasurementException("the API server did not start; see " + ERRORS));
    }

    private static SSLContext trust(byte[] pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "authority",
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new MeasurementException("cannot trust the API server's certificate: " + e.getMessage(), e);
        }
    }

    /** A new connection, kept alive. */
    TlsConnection connect() {
        try {
            return TlsConnection.open(trust, url.getHost(), url.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + url, e);
        }
    }

    /** The bytes of a request to it, in the administrator's name. */
    Requests requests() {
        return new Requests(url.getHost() + ":" + url.getPort(), token);
    }

    /** Ends it in good order; yields the longest pause of its garbage collector in milliseconds. */
    double finish() {
        child.dismiss();
        double longest = Double.parseDouble(next(child));
        child.awaitSuccess(END, ERRORS.toString());
        return longest;
    }

    @Override
    public void close() {
        child.close();
    }
}
