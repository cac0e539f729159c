package dev.firedrill.harness.drill;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
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
     */
    public static RunFiles create(Path below, String name, long seed) {
        String mark = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36), 36);
        String run = plain(name) + "-" + STAMP.format(Instant.now()) + "-" + mark;
        Path directory = below.resolve(run);
        return new RunFiles(
                run, directory, Journal.create(directory.resolve("journal.jsonl"), Timekeeper.system()), seed);
    }

    /** Fit to be a part of the name of a Kubernetes object: lower case letters, digits and dashes, and not too long. */
    private static String plain(String name) {
        String fit = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return fit.length() <= LONGEST_NAME ? fit : fit.substring(0, LONGEST_NAME);
    }

    /** The seed that was asked for, or a new one. */
    public static long chosenSeed() {
        Long asked = Long.getLong(SEED_PROPERTY);
        return asked != null ? asked : new SecureRandom().nextInt(Integer.MAX_VALUE);
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
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", run);
        data.put("title", title);
        data.put("command", command);
        data.put("cluster", Map.of("kind", cluster.kind().label(), "description", cluster.description()));
        data.put("seed", seed);
        data.put("scale", scale);
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
