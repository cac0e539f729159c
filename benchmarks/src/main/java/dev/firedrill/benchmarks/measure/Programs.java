package dev.firedrill.benchmarks.measure;

import dev.firedrill.harness.cluster.embedded.HarnessJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the programs that are measured lie, seen from the project's top directory. */
public final class Programs {
    /** The program as users have it. */
    public static final Path FIREDRILL = Path.of("scenarios", "target", "firedrill.jar");

    /** Where benchmarks leave files: logs, runs, and caches of their own. */
    public static final Path OUTPUT = Path.of("benchmarks", "target", "measured");

    private static final Path BENCHMARKS = Path.of("benchmarks", "target", "firedrill-benchmarks.jar");

    private Programs() {}

    /**
     * The command of a JVM that runs one of this jar's own programs beside firedrill.jar, as that runs what holds a
     * cluster.
     */
    public static List<String> holdingCluster(Class<?> main, List<String> arguments, Map<String, String> environment) {
        List<Path> classPath = List.of(Path.of(present(FIREDRILL)), Path.of(present(BENCHMARKS)));
        List<String> command = new ArrayList<>(HarnessJvm.command(classPath, main.getName(), List.of(), environment)
                .orElseThrow(() -> new MeasurementException("an embedded cluster cannot be had here")));
        command.addAll(arguments);
        return command;
    }

    /** The command of a JVM that runs one of this jar's own programs beside firedrill.jar, with the JDK's defaults. */
    public static List<String> java(Class<?> main, List<String> arguments) {
        String classPath = present(FIREDRILL) + File.pathSeparator + present(BENCHMARKS);
        List<String> command = new ArrayList<>(List.of(javaProgram(), "-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The command of the program as a user calls it. */
    public static List<String> firedrill(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(javaProgram(), "-jar", present(FIREDRILL)));
        command.addAll(arguments);
        return command;
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String present(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new MeasurementException(
                    jar + " is not there; in the project's top directory: mvn -Pbenchmarks -DskipTests package");
        }
        return jar.toString();
    }
}
