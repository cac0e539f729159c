package dev.firedrill.harness.cluster.embedded.apiserver.security;

import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * A trust store with nobody in it. A client adds the server's authority to the one that it is given; to none, it would
 * add it to those of the JDK: a hundred certificates to be read, and trusted.
 */
public final class EmptyTrustStore {
    /** It keeps no secret. */
    public static final String PASSWORD = "changeit";

    private EmptyTrustStore() {}

    /**
     * Writes one.
     *
     * @throws ProvisioningException if the directory cannot be written to
     */
    public static Path in(Path directory) {
        Path file = directory.resolve("empty.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            // Unlike the newer form, it is not protected by ten thousand rounds of a digest.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new ProvisioningException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Removes one again.
     *
     * @throws ProvisioningException if it cannot be removed
     */
    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ProvisioningException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
