package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.NotedClasses;
import dev.firedrill.harness.cluster.SmallJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the cache holds for one JDK and one row of jars: the archive, and for each program the list of the classes that
 * it loaded.
 */
final class ArchiveEntry {
    private static final String ARCHIVE = "classes.jsa";
    private static final String NOTED = NotedClasses.SUFFIX;
    private static final String NOTING = ".noting";
    private static final Duration STALE = Duration.ofDays(30);

    private final Path directory;
    private final List<Path> jars;

    private ArchiveEntry(Path directory, List<Path> jars) {
        this.directory = directory;
        this.jars = jars;
    }

    /** Makes the cache, for this user alone, and removes what was not used for a month. */
    static void prepareCache(Path cache) throws IOException {
        Files.createDirectories(
                cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        List<Path> kept;
        try (Stream<Path> listed = Files.list(cache)) {
            kept = listed.toList();
        }
        for (Path entry : kept) {
            if (Files.getLastModifiedTime(entry)
                    .toInstant()
                    .isBefore(Instant.now().minus(STALE))) {
                delete(entry);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(root)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    static ArchiveEntry open(Path cache, String key, List<Path> jars) throws IOException {
        Path directory = Files.createDirectories(cache.resolve(key));
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
        return new ArchiveEntry(directory, List.copyOf(jars));
    }

    String key() {
        return directory.getFileName().toString();
    }

    List<Path> jars() {
        return jars;
    }

    Path directory() {
        return directory;
    }

    Optional<Path> archive() {
        return Optional.of(directory.resolve(ARCHIVE)).filter(Files::isReadable);
    }

    /** What a JVM needs to use the archive, and to say nothing of it: an archive that does not fit is no trouble. */
    List<String> options() {
        List<String> options = new ArrayList<>(SmallJvm.QUIET_ARCHIVE);
        archive().ifPresent(file -> options.add("-XX:SharedArchiveFile=" + file));
        return options;
    }

    boolean noted(String program) {
        return Files.exists(directory.resolve(program + NOTED));
    }

    /** Where a JVM that this process starts for a program notes the classes that it loads. */
    Path noteFile(String program) {
        return directory.resolve(program + notes(ProcessHandle.current()));
    }

    private static String notes(ProcessHandle starter) {
        return "." + starter.pid() + NOTING;
    }

    /** Notes of what this process has started, and of what its own starter has started: this process itself. */
    private List<Path> notes() throws IOException {
        List<Path> notes = new ArrayList<>(files(notes(ProcessHandle.current())));
        Optional<ProcessHandle> starter = ProcessHandle.current().parent();
        if (starter.isPresent()) {
            notes.addAll(files(notes(starter.get())));
        }
        return notes;
    }

    /** Takes over what programs have noted so far that nobody has noted before. */
    void takeOver() throws IOException {
        for (Path noting : notes()) {
            String name = noting.getFileName().toString();
            Path noted = directory.resolve(name.replaceFirst("\\.\\d+" + NOTING + "$", NOTED));
            List<String> complete = completeLines(noting);
            if (!complete.isEmpty() && !Files.exists(noted)) {
                Path temporary = Files.write(directory.resolve(name + ".tmp"), complete);
                Files.move(temporary, noted, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** The classes of all programs, if there is no archive yet, or something was noted after it was made. */
    Optional<Set<String>> news() throws IOException {
        takeOver();
        List<Path> all = files(NOTED);
        Optional<Path> archive = archive();
        if (all.isEmpty() || (archive.isPresent() && newest(all) <= modified(archive.get()))) {
            return Optional.empty();
        }
        Set<String> classes = new LinkedHashSet<>();
        for (Path noted : all) {
            classes.addAll(NotedClasses.read(noted));
        }
        return Optional.of(classes);
    }

    private static long newest(List<Path> files) throws IOException {
        long newest = Long.MIN_VALUE;
        for (Path file : files) {
            newest = Math.max(newest, modified(file));
        }
        return newest;
    }

    private static long modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    /** Removes what was noted beyond what was taken over. */
    void forgetNotes() throws IOException {
        for (Path noting : notes()) {
            Files.deleteIfExists(noting);
        }
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> completeLines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n');
        return end < 0
                ? List.of()
                : text.substring(0, end)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
    }

    /** Puts a finished archive in its place; running JVMs keep the one that they mapped. */
    void install(Path finished) throws IOException {
        Files.move(
                finished,
                directory.resolve(ARCHIVE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
