package dev.firedrill.reports;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.JournalFormat;
import dev.firedrill.harness.timeline.RunArtifact;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rebuilds what a run leaves from its journal: after a kill, or with a newer version of the reports. */
public final class Reports {
    /** The journal's name in a run's directory. */
    public static final String JOURNAL = "journal.jsonl";

    private Reports() {}

    /**
     * Writes every artifact that is on the class path, over older ones.
     *
     * @param runDirectory holds {@code journal.jsonl}
     * @return the files written, in the order of their names
     * @throws ConfigurationException if there is no journal, or it is not one
     */
    public static List<Path> write(Path runDirectory) {
        return RunArtifact.writeAll(journal(runDirectory), runDirectory);
    }

    /**
     * Rebuilds a run in memory.
     *
     * @param runDirectory holds {@code journal.jsonl}
     * @throws ConfigurationException if there is no journal, or it is not one
     */
    public static RunRecord read(Path runDirectory) {
        return RunReader.read(journal(runDirectory));
    }

    private static Iterable<TimelineEvent> journal(Path runDirectory) {
        Path journal = runDirectory.resolve(JOURNAL);
        if (!Files.isRegularFile(journal)) {
            throw new ConfigurationException(runDirectory + ": no " + JOURNAL
                    + " here; give the directory of one run, as in target/firedrill/<run>");
        }
        return JournalFormat.open(journal);
    }
}
