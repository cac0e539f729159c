package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.NotedClasses;
import dev.firedrill.harness.cluster.SmallJvm;
import dev.firedrill.harness.cluster.embedded.kubelet.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JVM that suits an embedded cluster, whose life is short: the serial collector, the first compiler tier, and the
 * class-data archive that its pods have, too. It is ready in a third of the processor time of a JVM by default.
 *
 * <pre>{@code
 * HarnessJvm.command(List.of(Path.of("drills.jar")), "com.example.Drills", List.of(), System.getenv())
 *         .ifPresent(command -> new ProcessBuilder(command).inheritIO().start());
 * }</pre>
 *
 * <p>Source: java(1) and setsid(1).
 */
public final class HarnessJvm {
    private static final List<String> SHORT_LIVED = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xms192m",
            SmallJvm.NO_FLIGHT_RECORDER,
            "-Xshare:auto");

    private HarnessJvm() {}

    /**
     * The command line of a program that holds a cluster, without its arguments, in a session of its own: a terminal's
     * Ctrl-C does not reach it. Empty where an embedded cluster cannot be had.
     *
     * @param classPath jars alone; the archive is for exactly these
     * @param options further ones, such as {@code -Dname=value}
     * @param environment what the JVM will see; it says where the user's cache is
     */
    public static Optional<List<String>> command(
            List<Path> classPath, String mainClass, List<String> options, Map<String, String> environment) {
        if (Launcher.unavailable().isPresent()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(Launcher.inOwnSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        List<Path> jars = jars(classPath);
        command.addAll(archive(jars, mainClass, environment));
        command.addAll(options);
        command.addAll(List.of("-cp", ClassPaths.joined(jars), mainClass));
        return Optional.of(command);
    }

    /**
     * Keeps what a program noted of its classes that this process started by such a command, and that has ended. On a
     * kind of cluster that makes no archives of its own it is there for one that does.
     *
     * @param classPath as for the command
     * @param environment as for the command
     */
    public static void keepNotes(List<Path> classPath, Map<String, String> environment) {
        try {
            List<Path> jars = jars(classPath);
            ArchiveEntry entry = ArchiveEntry.open(NotedClasses.cacheOfUser(environment), NotedClasses.key(jars), jars);
            entry.takeOver();
            entry.forgetNotes();
        } catch (IOException unusable) {
            return; // the cluster told its user, when it found the same
        }
    }

    private static List<Path> jars(List<Path> classPath) {
        return classPath.stream().map(jar -> jar.toAbsolutePath().normalize()).toList();
    }

    private static List<String> archive(List<Path> jars, String mainClass, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        try {
            Path cache = NotedClasses.cacheOfUser(environment);
            ArchiveEntry.prepareCache(cache);
            ArchiveEntry entry = ArchiveEntry.open(cache, NotedClasses.key(jars), jars);
            options.addAll(entry.options());
            if (!entry.noted(mainClass)) {
                options.add("-XX:DumpLoadedClassList=" + entry.noteFile(mainClass));
            }
        } catch (IOException unusable) {
            options.clear(); // the cluster tells its user, when it finds the same
        }
        return options;
    }
}
