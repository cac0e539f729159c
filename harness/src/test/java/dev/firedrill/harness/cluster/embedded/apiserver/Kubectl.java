package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code kubectl} on this machine's PATH, against one server, with nothing of this user's own configuration. */
final class Kubectl {
    private static final long LONGEST_SECONDS = 120;

    private final Path binary;
    private final Path directory;
    private final Path kubeconfig;
    private int runs;

    private Kubectl(Path binary, Path directory, Path kubeconfig) {
        this.binary = binary;
        this.directory = directory;
        this.kubeconfig = kubeconfig;
    }

    /** What a run printed. */
    record Output(int exit, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /** Aborts the test, visibly, where there is no kubectl. */
    static Kubectl orAbort(ApiServer server, Path directory) {
        Optional<Path> found = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "not run: no kubectl on the PATH");
        Path kubeconfig = directory.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig);
        return new Kubectl(found.orElseThrow(), directory, kubeconfig);
    }

    Output run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs to its end. */
    Output run(Map<String, String> environment, String... arguments) {
        Path out = directory.resolve("out-" + runs);
        Path err = directory.resolve("err-" + runs++);
        try {
            Process process = start(environment, out, err, arguments);
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl " + String.join(" ", arguments) + " did not end: " + read(err));
            }
            return new Output(process.exitValue(), read(out), read(err));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Starts a run that goes on; its output can be read while it does. */
    Process start(Map<String, String> environment, Path out, Path err, String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a manifest; yields its path. */
    String manifest(String name, String yaml) {
        try {
            return Files.writeString(directory.resolve(name), yaml).toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
