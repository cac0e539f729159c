package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.PlaceboSettings;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.RunArtifact;
import dev.firedrill.reports.console.ConsoleStyle;
import dev.firedrill.reports.console.LiveConsole;
import dev.firedrill.scenarios.shop.Shop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out drills one after another on a cluster of their own. However that ends, it ends with a report. */
final class Rehearsal {
    private final RunFiles files;
    private final Heading heading;
    private final PrintStream out;
    private final LiveConsole console;
    private final List<Verdict> verdicts = new ArrayList<>();
    private @Nullable Hold held;
    private boolean started;

    /** What a run says of itself: a title, the command line, the scale of its intervals. */
    record Heading(String title, String command, String scale) {}

    Rehearsal(RunFiles files, ConsoleStyle style, Heading heading) {
        this.files = files;
        this.heading = heading;
        this.out = new PrintStream(System.out, true, style.charset());
        this.console = new LiveConsole(out, style);
        files.journal().listen(console);
    }

    /** When all is done, the system is held for a look around. */
    Rehearsal holding(Hold hold) {
        held = hold;
        return this;
    }

    /**
     * Carries them out on one stage. When a drill does not pass, the next one has a stage of its own, in a namespace of
     * its own: what the first left there must not tell in the verdict of the second.
     *
     * @param placebos when each is run without its faults, too
     * @return the exit status
     * @throws FiredrillException if there is no cluster, or the system does not come up on it
     */
    int of(List<Drill> drills, ClusterOption option, PlaceboSettings placebos) {
        RuntimeException trouble = null;
        int all = drills.size();
        try (Cluster cluster = option.start(line -> out.println("  " + line))) {
            files.started(heading.title(), heading.command(), heading.scale(), cluster);
            started = true;
            while (verdicts.size() < all && !Interrupts.requested()) {
                rehearse(drills.subList(verdicts.size(), all), placebos, cluster);
            }
        } catch (RuntimeException e) {
            trouble = e;
        }
        Interrupts.conclude();
        return finish(trouble, trouble == null && verdicts.size() == all);
    }

    /** Carries them out on a new stage, up to and with the first that does not pass. */
    private void rehearse(List<Drill> drills, PlaceboSettings placebos, Cluster cluster) {
        int number = verdicts.size() + 1;
        String namespace = number == 1 ? Shop.NAME : Shop.NAME + "-" + number;
        Path diagnostics = files.directory().resolve("diagnostics-" + number);
        StageRequest request = new StageRequest(namespace, files.run(), files.directory(), files.seed(), Map.of());
        try (Stage stage = raise(cluster, request, diagnostics)) {
            Iterator<Drill> ahead = drills.iterator();
            Verdict verdict = Verdict.PASS;
            while (ahead.hasNext() && verdict == Verdict.PASS && !Interrupts.requested()) {
                verdict = new DrillRunner(stage, placebos).run(ahead.next()).verdict();
                verdicts.add(verdict);
            }
            if (Interrupts.requested()) {
                Interrupts.conclude();
            } else if (verdict != Verdict.PASS) {
                collect(cluster, files.directory().resolve("diagnostics-" + verdicts.size()));
            }
            if (held != null && !ahead.hasNext() && !Interrupts.requested()) {
                hold(stage, held);
            }
        }
    }

    /** Keeps the system of the last drill for a look around; the report tells what is known by then. */
    private void hold(Stage stage, Hold hold) {
        RunArtifact.writeAll(files.events(), files.directory());
        stage.cluster().welcomeGuests();
        out.println(Invitation.to(
                stage,
                "The report so far is in " + files.directory() + ". " + hold.end() + " and removes everything."));
        try {
            hold.keep();
        } catch (InterruptedException e) {
            Interrupts.answered();
        }
    }

    private Stage raise(Cluster cluster, StageRequest request, Path diagnostics) {
        try {
            return Stage.raise(cluster, new Shop(), request, files.journal());
        } catch (RuntimeException e) {
            if (!Interrupts.requested()) {
                collect(cluster, diagnostics);
            }
            throw e;
        }
    }

    /** Writes down what the cluster knows while the namespace is still there; a failure of that is only told. */
    private void collect(Cluster cluster, Path diagnostics) {
        try {
            cluster.collectDiagnostics(diagnostics);
        } catch (RuntimeException e) {
            note("the diagnostics are not complete: " + e.getMessage());
        }
    }

    private int finish(@Nullable RuntimeException trouble, boolean complete) {
        if (!started) {
            files.startedInVain(heading.title(), heading.command(), heading.scale());
        }
        boolean interrupted = Interrupts.requested();
        Verdict worst = Verdict.worst(verdicts);
        Verdict verdict = complete ? worst : worst.and(Verdict.INCONCLUSIVE);
        if (trouble != null && !interrupted) {
            note("the run could not go on: " + trouble.getMessage());
        }
        int status = interrupted ? FiredrillCommand.INTERRUPTED : verdict.exitStatus();
        files.finished(verdict, status, interrupted);
        List<Path> written = RunArtifact.writeAll(files.events(), files.directory());
        if (!interrupted && Interrupts.requested()) {
            // A signal while the report was written: what the run leaves says the status with which it ends.
            status = FiredrillCommand.INTERRUPTED;
            files.finished(verdict, status, true);
            written = RunArtifact.writeAll(files.events(), files.directory());
        }
        console.summary(written.stream()
                .filter(file -> file.endsWith("report.html"))
                .findFirst()
                .orElse(null));
        if (trouble != null && status != FiredrillCommand.INTERRUPTED) {
            throw trouble;
        }
        return status;
    }

    private void note(String text) {
        files.journal().append("harness", EventType.NOTE, Map.of("text", text));
    }
}
