package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.incident.Incident;
import dev.firedrill.harness.incident.IncidentLibrary;
import dev.firedrill.harness.incident.Replay;
import dev.firedrill.harness.incident.StandardFaults;
import dev.firedrill.harness.incident.Vocabulary;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.RunArtifact;
import dev.firedrill.reports.console.ConsoleStyle;
import dev.firedrill.reports.console.LiveConsole;
import dev.firedrill.scenarios.shop.Shop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firedrill replay INCIDENT}: a past incident, as it happened and with its remedies. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a past incident on a small real system: first as it happened, then with every remedy.",
            "Ends with a verdict per expectation, and the path of a report."
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "INCIDENT",
            description = "The name of an incident (see: firedrill incidents) or the path of a YAML file.")
    private String incident = "";

    @Option(
            names = "--with",
            split = ",",
            paramLabel = "REMEDY",
            description = "Replay once, with these remedies and no others.")
    private List<String> with = new ArrayList<>();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "REMEDY",
            description = "Replay once, with every remedy but these.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--each-remedy",
            description = "Replay with no remedy, with each by itself, and with all, and compare them in a table.")
    private boolean eachRemedy;

    @Option(
            names = "--scale",
            paramLabel = "N",
            description = "By how much the intervals of monitors and retries are divided; 1 runs the real ones."
                    + " Default: as the incident's file says.")
    private int scale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What everything random is drawn from. Default: a new one, which is printed.")
    private long seed = RunFiles.chosenSeed();

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            description = "Where runs are left. Default: ${DEFAULT-VALUE}.",
            defaultValue = "target/firedrill")
    private Path output = Path.of("target", "firedrill");

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (the default: on a terminal), always or never.")
    private ConsoleStyle.Colour colour = ConsoleStyle.Colour.AUTO;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Override
    public Integer call() {
        Incident found = new IncidentLibrary(ReplayCommand.class.getClassLoader())
                .find(incident, new Vocabulary(Set.of(Shop.NAME), new StandardFaults()));
        List<Replay> replays = replays(found);
        List<Drill> drills = replays.stream().map(Replay::drill).toList();
        cluster.check();
        Interrupts.guard("interrupted; putting everything back and writing the report");
        try (RunFiles files = RunFiles.create(output, found.id(), seed)) {
            return run(found, replays.get(0).scale().ratio(), drills, files);
        }
    }

    /** Which replays are asked for; nothing is started yet. */
    private List<Replay> replays(Incident found) {
        long asked = Stream.of(!with.isEmpty(), !without.isEmpty(), eachRemedy)
                .filter(each -> each)
                .count();
        if (asked > 1) {
            throw new ConfigurationException(
                    "--with, --without and --each-remedy exclude each other; give one of them");
        }
        Replay plain = Replay.of(found, new Shop(), new StandardFaults());
        Replay scaled = scale == 0 ? plain : plain.atScale(scale);
        if (!with.isEmpty()) {
            return List.of(scaled.with(with));
        }
        if (!without.isEmpty()) {
            scaled.with(without);
            return List.of(scaled.with(found.remedies().stream()
                    .filter(remedy -> !without.contains(remedy))
                    .toList()));
        }
        List<Replay> replays = new ArrayList<>(List.of(scaled));
        if (eachRemedy) {
            found.remedies().forEach(remedy -> replays.add(scaled.with(List.of(remedy))));
        }
        replays.add(scaled.withEveryRemedy());
        return replays;
    }

    private int run(Incident found, String ratio, List<Drill> drills, RunFiles files) {
        ConsoleStyle style = ConsoleStyle.ofStandardOutput(colour);
        PrintStream out = new PrintStream(System.out, true, style.charset());
        LiveConsole console = new LiveConsole(out, style);
        files.journal().listen(console);
        List<DrillResult> results = new ArrayList<>();
        boolean interrupted = false;
        try (Cluster running =
                Clusters.start(cluster.kind(), ClusterRequest.plain().reportingTo(line -> out.println("  " + line)))) {
            files.started(found.title(), "replay " + found.id(), ratio, running);
            for (Drill drill : drills) {
                results.add(rehearse(drill, running, files, results.size() + 1));
                interrupted = Thread.currentThread().isInterrupted();
                if (interrupted) {
                    break;
                }
            }
        } finally {
            interrupted = interrupted || Interrupts.requested();
            Verdict verdict = verdict(results, drills);
            int status = interrupted ? FiredrillCommand.INTERRUPTED : verdict.exitStatus();
            files.finished(verdict, status, interrupted);
            console.summary(report(RunArtifact.writeAll(files.events(), files.directory())));
        }
        return interrupted
                ? FiredrillCommand.INTERRUPTED
                : verdict(results, drills).exitStatus();
    }

    /** The worst of all; a drill without a result leaves nothing to be sure of. */
    private static Verdict verdict(List<DrillResult> results, List<Drill> drills) {
        Verdict worst = Verdict.worst(results.stream().map(DrillResult::verdict).toList());
        return results.size() < drills.size() ? worst.and(Verdict.INCONCLUSIVE) : worst;
    }

    private DrillResult rehearse(Drill drill, Cluster running, RunFiles files, int number) {
        String namespace = number == 1 ? Shop.NAME : Shop.NAME + "-" + number;
        StageRequest request = new StageRequest(namespace, files.run(), files.directory(), seed, Map.of());
        try (Stage stage = Stage.raise(running, new Shop(), request, files.journal())) {
            DrillResult result = new DrillRunner(stage).run(drill);
            if (result.verdict() != Verdict.PASS && !result.interrupted()) {
                running.collectDiagnostics(files.directory().resolve("diagnostics-" + number));
            }
            return result;
        }
    }

    private static @Nullable Path report(List<Path> written) {
        return written.stream()
                .filter(file -> file.endsWith("report.html"))
                .findFirst()
                .orElse(null);
    }
}
