package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.SmallJvm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a Java program in a pod: a small, quickly started JVM that knows the names of its namespace's
 * Services
 * and nothing of its user's home.
 *
 * <p>Source: java(1); {@code jdk.net.hosts.file} and {@code networkaddress.cache.ttl} of "Networking Properties".
 */
final class JavaCommand {
    private JavaCommand() {}

    /**
     * @param hosts the hosts file of the pod's namespace; made empty if it is not there
     * @param classPath the options that name the classes
     */
    static List<String> of(PodFiles files, Path hosts, List<String> classPath, String mainClass) throws IOException {
        try {
            Files.createFile(hosts);
        } catch (FileAlreadyExistsException ignored) {
            // written by whoever knows the names
        }
        Path security = Files.writeString(files.home().resolve(".java.security"), SmallJvm.SECURITY);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SmallJvm.OPTIONS);
        command.add("-Duser.home=" + files.home());
        command.add("-Djava.io.tmpdir=" + files.temporary());
        command.add("-Djdk.net.hosts.file=" + hosts);
        command.add("-Dvertx.disableDnsResolver=true");
        command.add("-Djava.security.properties=" + security);
        command.addAll(classPath);
        command.add(mainClass);
        return command;
    }
}
