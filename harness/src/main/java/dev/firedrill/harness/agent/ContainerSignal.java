package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another program of the agent's image: it sends a signal to the processes of one container of its node, among which it
 * must be (a pod with {@code hostPID}), listens when that is done, and waits for its end. A container that it has
 * stopped goes on when it ends. One that is not there any more was started anew: nothing is done then.
 *
 * <p>A container's first process ignores SIGKILL and SIGSTOP from inside; from its node they work.
 *
 * <p>Source: Kubernetes, {@code status.containerStatuses[].containerID}; proc(5), {@code /proc/[pid]/cgroup} and {@code
 * environ}; cgroups(7).
 */
public final class ContainerSignal {
    /** The first argument of the image. */
    public static final String ARGUMENT = "signal";

    /** Where it listens when the signal was sent. */
    public static final int PORT = 8080;

    /** What is sent. */
    public enum Kind {
        /** It is killed, and its node starts it anew. */
        KILL,
        /** It is stopped for as long as this program runs. */
        STOP
    }

    private static final Pattern PROCESS = Pattern.compile("process://([0-9]{1,10})");
    private static final Pattern RUNTIME = Pattern.compile("[a-z-]{1,30}://([0-9a-f]{32,64})");
    private static final Pattern MARK = Pattern.compile("(?:^|\0)(FIREDRILL_MARK=[^\0]+)");
    private static final int PASSES = 5;

    private final String container;

    private ContainerSignal(String container) {
        this.container = container;
    }

    /** Arguments: the kind, and the container's id as its status has it. */
    static void main(List<String> arguments, Map<String, String> environment) {
        if (arguments.size() != 2) {
            throw new ConfigurationException(ARGUMENT + " takes a kind and a container's id, not " + arguments);
        }
        Kind kind = Kind.valueOf(arguments.get(0));
        ContainerSignal signal = new ContainerSignal(arguments.get(1));
        if (kind == Kind.STOP) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.send("CONT"), "continue"));
        }
        AgentLog.line(kind + " of " + arguments.get(1) + ": " + signal.send(kind.name()) + " processes");
        try (ServerSocket door = new ServerSocket(
                PORT, 0, InetAddress.getByName(environment.getOrDefault("LISTEN_ADDRESS", "0.0.0.0")))) {
            while (true) {
                door.accept().close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Sends it to all of its processes, and to those that they have started meanwhile. */
    private int send(String signal) {
        List<String> reached = new ArrayList<>();
        for (int pass = 0; pass < PASSES; pass++) {
            List<String> more = new ArrayList<>(processes());
            more.removeAll(reached);
            if (more.isEmpty()) {
                break;
            }
            kill(signal, more);
            reached.addAll(more);
        }
        return reached.size();
    }

    /** One that has ended meanwhile is no error. */
    private static void kill(String signal, List<String> processes) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "for each; do kill -s " + signal + " $each; done"));
        command.add("sh");
        command.addAll(processes);
        try {
            Process sent = new ProcessBuilder(command).inheritIO().start();
            if (!sent.waitFor(5, TimeUnit.SECONDS)) {
                sent.destroyForcibly();
            }
        } catch (IOException e) {
            AgentLog.line("not sent: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> processes() {
        Matcher process = PROCESS.matcher(container);
        if (process.matches()) {
            Matcher mark = MARK.matcher(read(Path.of("/proc", process.group(1), "environ")));
            return mark.find() ? processesWith("environ", mark.group(1) + "\0") : List.of();
        }
        Matcher runtime = RUNTIME.matcher(container);
        if (runtime.matches()) {
            return processesWith("cgroup", runtime.group(1));
        }
        throw new ConfigurationException(container + " is no container's id that is known here");
    }

    private static List<String> processesWith(String file, String text) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                if (read(entry.resolve(file)).contains(text)) {
                    found.add(entry.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list processes in /proc", e);
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException ignored) {
            return ""; // gone, or somebody else's
        }
    }
}
