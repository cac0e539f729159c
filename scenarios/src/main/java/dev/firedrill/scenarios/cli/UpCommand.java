package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import dev.firedrill.reports.console.ConsoleStyle;
import dev.firedrill.reports.console.LiveConsole;
import dev.firedrill.scenarios.shop.Shop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firedrill up}: a cluster with the shop on it, held for a look around. */
@Command(
        name = "up",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster with the small system of the replays on it, and holds it until Ctrl-C.",
            "",
            "Prints the kubeconfig for kubectl and the addresses for a browser, then tells every page that reaches the"
                    + " pager, so that you can break something and see who notices.",
            "",
            "Ctrl-C ends every process and removes every file of it; nothing is left behind."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:it was held for as long as --for says", "2:bad input", "3:it did not come up", "130:Ctrl-C"},
        footerHeading = "%nExample:%n",
        footer = "  firedrill up --for 10m")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Hold.Converter.class,
            description = "End by itself after this time, such as 90s, 10m or 2h. Default: stay until Ctrl-C.")
    private Hold time = new Hold(null);

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (the default: on a terminal), always or never.")
    private ConsoleStyle.Colour colour = ConsoleStyle.Colour.AUTO;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Override
    public Integer call() {
        cluster.check();
        long seed = RunFiles.chosenSeed();
        Interrupts.guard("stopping the cluster");
        String run = RunFiles.newRun("up");
        Path directory = Path.of("target", "firedrill", run);
        RunLog.divert(directory);
        ConsoleStyle style = ConsoleStyle.ofStandardOutput(colour);
        PrintStream out = new PrintStream(System.out, true, style.charset());
        StageRequest request = new StageRequest(Shop.NAME, run, directory, seed, Map.of());
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                Cluster running = cluster.start(line -> out.println("  " + line))) {
            try (Stage stage = Stage.raise(running, new Shop(), request, journal)) {
                running.welcomeGuests();
                out.println(Invitation.to(stage, "Ctrl-C ends it and removes everything."));
                journal.listen(new LiveConsole(out, style));
                time.keep();
                Interrupts.conclude();
            }
        } catch (InterruptedException e) {
            Interrupts.conclude();
        }
        return Interrupts.requested() ? FiredrillCommand.INTERRUPTED : 0;
    }
}
