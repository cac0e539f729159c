package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.embedded.HarnessJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * What {@code java -jar firedrill.jar} starts. A command that holds a cluster is carried out by a second JVM, whose
 * options suit it; this one waits for it, and passes signals on. Everything else, and a JVM that was given options of
 * its own, carries the command out itself.
 */
public final class Firedrill {
    private static final Set<String> WITH_CLUSTER = Set.of("replay", "up");

    /** Variables by which a JVM is given options without a command line. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Of a JVM that did not listen to signals yet. */
    private static final int TERMINATED = 143;

    private Firedrill() {}

    /** Carries out a command and exits with its status. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Optional<List<String>> command = args.length > 0 && WITH_CLUSTER.contains(args[0])
                ? properties().flatMap(properties -> command(properties, args))
                : Optional.empty();
        if (command.isPresent()) {
            System.exit(carryOut(command.get()));
        }
        FiredrillCommand.main(args);
    }

    /** The system properties that this JVM was given; empty if it was given other options, or does not know. */
    private static Optional<List<String>> properties() {
        if (OPTION_VARIABLES.stream().anyMatch(System.getenv()::containsKey)) {
            return Optional.empty();
        }
        return ProcessHandle.current()
                .info()
                .arguments()
                .map(Arrays::asList)
                .filter(all -> all.contains("-jar"))
                .map(all -> all.subList(0, all.indexOf("-jar")))
                .filter(options -> options.stream().allMatch(option -> option.startsWith("-D")));
    }

    private static Optional<List<String>> command(List<String> properties, String[] args) {
        List<String> options = new ArrayList<>(properties);
        options.add("-D" + Leash.PROPERTY + "=true");
        return HarnessJvm.command(ownJar(), FiredrillCommand.class.getName(), options, System.getenv())
                .map(begin -> Stream.concat(begin.stream(), Stream.of(args)).toList());
    }

    private static List<Path> ownJar() {
        return List.of(Path.of(System.getProperty("java.class.path")));
    }

    /** Its standard input ends with this JVM, in whatever way that goes: the second JVM must not outlive it. */
    private static int carryOut(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        AtomicBoolean interrupted = new AtomicBoolean();
        Interrupts.onSignal(() -> {
            interrupted.set(true);
            process.toHandle().destroy(); // Process.destroy() would end its standard input, too
        });
        int status = process.waitFor();
        HarnessJvm.keepNotes(ownJar(), System.getenv());
        return interrupted.get() && status == TERMINATED ? FiredrillCommand.INTERRUPTED : status;
    }
}
