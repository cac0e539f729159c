package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run of the packaged program in a JVM of its own, whose working and temporary directories are the test's. */
final class Program implements AutoCloseable {
    private static final Path JAR = Path.of("target", "firedrill.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MOST_CHARACTERS = 4_000;

    private final Path directory;
    private final Process process;

    private Program(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** @param directory an empty directory of the test */
    static Program start(Path directory, String... arguments) throws IOException {
        return start(directory, List.of("-jar", JAR.toString()), arguments);
    }

    /** The same with options of its JVM. */
    static Program startOptioned(List<String> options, Path directory, String... arguments) throws IOException {
        List<String> program = Stream.concat(options.stream(), Stream.of("-jar", JAR.toString()))
                .toList();
        return start(directory, program, arguments);
    }

    /** The same with a cache of its own. */
    static Program startCaching(Path cache, Path directory, String... arguments) throws IOException {
        return start(Map.of("XDG_CACHE_HOME", cache.toString()), directory, List.of("-jar", JAR.toString()), arguments);
    }

    /** The same with more on its class path. */
    static Program startWith(List<Path> classPath, Path directory, String... arguments) throws IOException {
        String path = Stream.concat(classPath.stream().map(Path::toAbsolutePath), Stream.of(JAR))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return start(directory, List.of("-cp", path, FiredrillCommand.class.getName()), arguments);
    }

    private static Program start(Path directory, List<String> program, String... arguments) throws IOException {
        return start(Map.of(), directory, program, arguments);
    }

    private static Program start(
            Map<String, String> environment, Path directory, List<String> program, String... arguments)
            throws IOException {
        assertThat(JAR).as("the packaged program; build it with: mvn package").isRegularFile();
        List<String> command = new ArrayList<>(ignoresCtrlC() ? List.of("env", "--default-signal=INT") : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")));
        command.addAll(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment);
        return new Program(directory, builder.start());
    }

    /** As a build does that was started in the background; what it starts would inherit that. */
    private static boolean ignoresCtrlC() {
        return read(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << 1) != 0);
    }

    /** What it has said so far on its standard output. */
    String output() {
        return read(directory.resolve("out"));
    }

    /** What it has said so far on its standard error. */
    String complaints() {
        return read(directory.resolve("err"));
    }

    /** Waits until it says something. */
    void awaitOutput(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            assertThat(process.isAlive() || output().contains(text))
                    .as("still at work before it said '%s'; %s", text, lastWords())
                    .isTrue();
            assertThat(output()).contains(text);
        });
    }

    /** Sends it a signal, such as {@code INT}. */
    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }

    /** Waits for its end, and returns its exit status. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s; %s", PATIENCE, lastWords())
                .isTrue();
        return process.exitValue();
    }

    /** What it said last, for messages: not more than a screen or two. */
    String lastWords() {
        String all = complaints() + output();
        return "it said: " + all.substring(Math.max(0, all.length() - MOST_CHARACTERS));
    }

    /** Processes of this run: those whose environment or command line names its temporary directory. */
    List<String> processes() {
        String mark = directory.resolve("tmp").toString();
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(each -> String.valueOf(each.getFileName()).matches("\\d+"))
                    .filter(each -> read(each.resolve("environ")).contains(mark)
                            || read(each.resolve("cmdline")).contains(mark))
                    .forEach(each ->
                            found.add(each + " " + read(each.resolve("cmdline")).replace('\0', ' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Nothing that it started is running, and nothing that it wrote for the moment is there; what the runs left is. */
    void assertNothingLeft(Duration within) {
        await().atMost(within).untilAsserted(() -> {
            assertThat(processes()).as("processes of the run").isEmpty();
            assertThat(files(directory.resolve("tmp"))).as("temporary files").isEmpty();
        });
    }

    /** The directories of the runs. */
    List<Path> runs() {
        return files(directory.resolve("target/firedrill"));
    }

    private static List<Path> files(Path below) {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(below)) {
            // A JVM's own, which it removes by itself
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata_"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
