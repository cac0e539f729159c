package dev.firedrill.scenarios.cli;

import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.RunArtifact;
import java.nio.file.Path;
import java.time.Duration;

/** A file of a run that is not done before somebody interrupts the program: for {@link EndIT}. */
public final class HeldArtifact implements RunArtifact {
    /** What it says when it has begun. */
    static final String BEGUN = "writing what the run leaves";

    @Override
    public String fileName() {
        return "held.txt";
    }

    @Override
    public String describe() {
        return "nothing";
    }

    @Override
    public void write(Iterable<TimelineEvent> journal, Path directory) {
        System.out.println(BEGUN);
        await().atMost(Duration.ofMinutes(1)).until(Interrupts::requested);
    }
}
