package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ProgramImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** What goes into the image of a program: its class path, without the libraries that only start clusters. */
final class ProgramFiles {
    private static final List<String> STARTERS = List.of(
            "org/testcontainers/DockerClientFactory.class",
            "org/testcontainers/k3s/K3sContainer.class",
            "com/github/dockerjava/zerodep/ZerodepDockerHttpClient.class",
            "com/sun/jna/Native.class",
            "org/bouncycastle/asn1/ASN1Object.class",
            "org/bouncycastle/cert/X509CertificateHolder.class",
            "org/bouncycastle/oer/OERDefinition.class");

    private ProgramFiles() {}

    /** The same program with what it needs in a cluster. */
    static ProgramImage of(ProgramImage program) {
        String main = program.mainClass().orElseThrow();
        List<Path> needed = program.classPath().stream()
                .filter(entry -> !startsClusters(entry, main))
                .toList();
        return ProgramImage.java(program.name(), needed, main);
    }

    private static boolean startsClusters(Path entry, String main) {
        if (!ClassPaths.isJar(entry)) {
            return false;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return STARTERS.stream().anyMatch(type -> jar.getEntry(type) != null)
                    && jar.getEntry(main.replace('.', '/') + ".class") == null;
        } catch (IOException e) {
            return false; // java itself ignores what it cannot read
        }
    }
}
