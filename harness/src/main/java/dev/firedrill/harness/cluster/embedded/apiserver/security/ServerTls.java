package dev.firedrill.harness.cluster.embedded.apiserver.security;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one server, from a key that was just made. Vert.x and Netty would write the key into an encrypted key store to
 * read it from there, and try a handshake with keys of their own: half a second of a processor, at every start.
 *
 * <p>Source: Java Secure Socket Extension (JSSE) Reference Guide.
 */
public final class ServerTls extends JdkSSLEngineOptions {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String PREFERRED = "CHACHA20";

    private final SSLContext context;

    private ServerTls(SSLContext context) {
        this.context = context;
    }

    /** TLS that shows a server's certificate, and asks for none. */
    public static ServerTls of(ServerIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust manager at all would be the JDK's default one, with all authorities of the world.
            context.init(new KeyManager[] {new OneKey(identity)}, new TrustManager[0], null);
            return new ServerTls(context);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no TLS", impossible);
        }
    }

    /** The same key as Vert.x wants to be told it. */
    public static KeyCertOptions key(ServerIdentity identity) {
        return KeyCertOptions.wrap(new OneKey(identity));
    }

    /**
     * All suites of this JVM, those of ChaCha20 (RFC 7905) first. The JVMs of a cluster that lives for minutes compile
     * with C1 alone, which knows no processor instructions for AES: ChaCha20 takes it a third of the time.
     */
    private List<String> suites() {
        return Stream.of(context.getDefaultSSLParameters().getCipherSuites())
                .sorted(Comparator.comparing(suite -> !suite.contains(PREFERRED)))
                .toList();
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return () -> new JdkSslContext(
                context,
                false,
                suites(),
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                PROTOCOLS.clone(),
                false);
    }

    @Override
    public ServerTls copy() {
        return new ServerTls(context);
    }

    /** The key of a server that has one. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "server";

        private final ServerIdentity identity;

        OneKey(ServerIdentity identity) {
            this.identity = identity;
        }

        private boolean isOf(String keyType) {
            return keyType.equals(identity.key().getAlgorithm());
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return isOf(keyType) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return isOf(keyType) ? ALIAS : null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return isOf(keyType) ? new String[] {ALIAS} : null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return alias.equals(ALIAS) ? new X509Certificate[] {identity.certificate()} : null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return alias.equals(ALIAS) ? identity.key() : null;
        }
    }
}
