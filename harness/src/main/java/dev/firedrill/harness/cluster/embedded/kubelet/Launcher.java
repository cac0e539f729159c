package dev.firedrill.harness.cluster.embedded.kubelet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts programs in a session of their own: the terminal's Ctrl-C does not reach them, and their standard input is
 * {@code /dev/null}. The environment is exactly what is given.
 *
 * <p>Source: setsid(1) of util-linux or BusyBox; perl's POSIX module where there is neither.
 */
public final class Launcher {
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Optional<List<String>> SESSION = sessionCommand();

    private Launcher() {}

    /** Why no program can be started here; empty where it can. */
    public static Optional<String> unavailable() {
        return SESSION.isPresent()
                ? Optional.empty()
                : Optional.of("neither setsid nor perl is installed; install util-linux");
    }

    /** The search path of a pod: this JVM's own {@code java} first, then the system's programs. */
    static String searchPath() {
        return Path.of(System.getProperty("java.home"), "bin") + ":" + SYSTEM_PATH;
    }

    /**
     * Starts a program, its standard error joined to its output.
     *
     * @throws IOException if it cannot be started
     */
    public static Process start(List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        return builder(command, environment, directory)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
    }

    /**
     * Starts a program that reads from this process, and whose output nobody wants.
     *
     * @throws IOException if it cannot be started
     */
    public static Process startWithInput(List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        return builder(command, environment, directory)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What stands before a command to give it a session of its own; empty where {@link #unavailable()}. */
    public static List<String> inOwnSession() {
        return SESSION.orElse(List.of());
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> line = new ArrayList<>(SESSION.orElseThrow(() -> new IOException("no setsid on this machine")));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** A program as this JVM's user would find it. */
    static Optional<Path> onThisMachine(String program) {
        String own = System.getenv().getOrDefault("PATH", "");
        return find(program, own.isEmpty() ? SYSTEM_PATH : own + ":" + SYSTEM_PATH, Path.of(""))
                .map(Path::toAbsolutePath);
    }

    /** The program that a name means: as it is if it has a slash, else the first in the search path. */
    static Optional<Path> find(String program, String searchPath, Path directory) {
        if (program.contains("/")) {
            return Optional.of(directory.resolve(program)).filter(Launcher::runnable);
        }
        for (String entry : searchPath.split(":", -1)) {
            Path candidate = directory.resolve(entry).resolve(program);
            if (runnable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Optional<List<String>> sessionCommand() {
        Path root = Path.of("/");
        Optional<List<String>> setsid = find("setsid", SYSTEM_PATH, root).map(path -> List.of(path.toString()));
        return setsid.isPresent()
                ? setsid
                : find("perl", SYSTEM_PATH, root)
                        .map(path ->
                                List.of(path.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV"));
    }
}
