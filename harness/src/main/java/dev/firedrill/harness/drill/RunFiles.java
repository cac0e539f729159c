package dev.firedrill.harness.drill;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of one run: a directory of its own, with the journal in it; its first and last events. */
public final class RunFiles implements AutoCloseable {
    /** The system property for a seed; otherwise one is drawn. */
    public static final String SEED_PROPERTY = "firedrill.seed";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int LONGEST_NAME = 60;

    private final String run;
    private final Path directory;
    private final Journal journal;
    private final long seed;

    private RunFiles(String run, Path directory, Journal journal, long seed) {
        this.run = run;
        this.directory = directory;
        this.journal = journal;
        this.seed = seed;
    }

    /**
     * Starts a run's files.
     *
     * @param below the directory that holds all runs, such as {@code target/firedrill}
     * @param name what the run is called: letters, digits and dashes
     * @param seed what everything random is drawn from
     * @throws ConfigurationException if the directory cannot be written
     */
    public static RunFiles create(Path below, String name, long seed) {
        String run = newRun(name);
        Path directory = below.resolve(run);
        try {
            return new RunFiles(
                    run, directory, Journal.create(directory.resolve("journal.jsonl"), Timekeeper.system()), seed);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException(below + ": cannot be written (" + reason(below, e) + ")", e);
        }
    }

    private static String reason(Path below, UncheckedIOException e) {
        if (e.getCause() instanceof AccessDeniedException) {
            return "access denied";
        }
        for (Path place = below.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place) && !Files.isDirectory(place)) {
                return (place.equals(below.toAbsolutePath()) ? "it" : place) + " is not a directory";
            }
        }
        return e.getCause() instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : "no directory can be made there";
    }

    /**
     * An id for a new run: what it is called, when it began, and a few letters that tell it from another of that
     * second.
     */
    public static String newRun(String name) {
        String mark = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36), 36);
        return plain(name) + "-" + STAMP.format(Instant.now()) + "-" + mark;
    }

    /** Fit to be a part of the name of a Kubernetes object: lower case letters, digits and dashes, and not too long. */
    private static String plain(String name) {
        String fit = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return fit.length() <= LONGEST_NAME ? fit : fit.substring(0, LONGEST_NAME);
    }

    /**
     * The seed that was asked for, or a new one.
     *
     * @throws ConfigurationException if what was asked for is not a number
     */
    public static long chosenSeed() {
        String asked = System.getProperty(SEED_PROPERTY);
        if (asked == null) {
            return new SecureRandom().nextInt(Integer.MAX_VALUE);
        }
        try {
            return Long.parseLong(asked);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    "-D" + SEED_PROPERTY + " must be a whole number, not \"" + asked + "\"", e);
        }
    }

    /** The run's id: lower case letters, digits and dashes. */
    public String run() {
        return run;
    }

    public Path directory() {
        return directory;
    }

    public Journal journal() {
        return journal;
    }

    /** Everything that is in the journal. */
    public List<TimelineEvent> events() {
        return journal.events();
    }

    public long seed() {
        return seed;
    }

    /** Writes what the run is into the journal. */
    public void started(String title, String command, String scale, Cluster cluster) {
        started(title, command, scale, Map.of("kind", cluster.kind().label(), "description", cluster.description()));
    }

    /** Writes what the run was to be into the journal: its cluster did not come up. */
    public void startedInVain(String title, String command, String scale) {
        started(title, command, scale, Map.of());
    }

    private void started(String title, String command, String scale, Map<String, Object> cluster) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", run);
        data.put("title", title);
        data.put("command", command);
        data.put("cluster", cluster);
        data.put("seed", seed);
        data.put("scale", scale);
        String version = RunFiles.class.getPackage().getImplementationVersion();
        data.put("harnessVersion", version == null ? "" : version);
        data.put("java", Runtime.version().toString());
        data.put("startedAt", journal.clock().now().toString());
        journal.append("harness", EventType.RUN_STARTED, data);
    }

    /** Writes the run's verdict into the journal. */
    public void finished(Verdict verdict, int exitStatus, boolean interrupted) {
        journal.enterDrill("");
        journal.append(
                "harness",
                EventType.RUN_FINISHED,
                Map.of("verdict", verdict.name(), "exitStatus", exitStatus, "interrupted", interrupted));
    }

    @Override
    public void close() {
        journal.close();
    }
}
