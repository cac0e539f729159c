package dev.firedrill.harness.timeline;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.TimelineEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * One file that a run leaves beside its journal, made from the journal alone: a record for programs, a report for
 * people. To add one, implement this and name the class in {@code
 * META-INF/services/dev.firedrill.harness.timeline.RunArtifact}.
 */
public interface RunArtifact {
    /** The name of the file in the run's directory, such as {@code report.html}; no other artifact has it. */
    String fileName();

    /** What the file is, for a person who reads a list of files: {@code "the report for people"}. */
    String describe();

    /**
     * Writes the file, over an older one. A journal may have been cut off anywhere: what there is, is told.
     *
     * @param journal the events in order; may be iterated several times, and may be too long to hold in memory
     * @param directory the run's directory, which exists
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    void write(Iterable<TimelineEvent> journal, Path directory);

    /**
     * Writes every artifact that is on the class path. One that fails does not keep the others from being written.
     *
     * @return the files, in the order of their names
     * @throws ConfigurationException at once, if the journal cannot be read
     * @throws FiredrillException after the last, if one of them failed
     */
    static List<Path> writeAll(Iterable<TimelineEvent> journal, Path directory) {
        List<Path> written = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (RunArtifact artifact : ServiceLoader.load(RunArtifact.class, RunArtifact.class.getClassLoader())) {
            try {
                artifact.write(journal, directory);
                written.add(directory.resolve(artifact.fileName()));
            } catch (ConfigurationException e) {
                throw e;
            } catch (RuntimeException e) {
                failures.add(new FiredrillException(
                        "cannot write " + artifact.fileName() + " in " + directory + ": " + e.getMessage(), e));
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        written.sort(null);
        return List.copyOf(written);
    }
}
