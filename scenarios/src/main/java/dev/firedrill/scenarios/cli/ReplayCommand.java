package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Outline;
import dev.firedrill.harness.drill.PlaceboSettings;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.incident.Incident;
import dev.firedrill.harness.incident.Replay;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.reports.console.ConsoleStyle;
import dev.firedrill.scenarios.shop.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firedrill replay INCIDENT}: a past incident, as it happened and with its remedies. */
@Command(
        name = "replay",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Replays a past incident on a small real system: as it happened, then with every remedy in place.",
            "",
            "Hours become seconds, since the intervals of monitors and retries are divided by the scale. Tells what"
                    + " happens live, ends with a verdict per expectation, and leaves a report for people (report.html)"
                    + " beside its journal; where something was red, also diagnostics."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every expectation was met",
            "1:an expectation was not met",
            "2:bad input; nothing was started",
            "3:inconclusive: nothing can be said",
            "130:interrupted; everything was put back, and the report tells what was known by then"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firedrill replay knock-2024-06-03",
            "  firedrill replay knock-2024-06-03 --with internal-monitor,backlog-alert",
            "  firedrill replay knock-2024-06-03 --without drain-before-all-clear --scale 60",
            "  firedrill replay my-incident.yaml --each-remedy --output build/drills",
            "  firedrill replay my-incident.yaml --placebo"
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "INCIDENT",
            description = "The name of an incident (firedrill incidents lists them) or the path of a YAML file.")
    private String incident = "";

    @Option(
            names = "--with",
            split = ",",
            paramLabel = "REMEDY",
            description = "Replay once, with these remedies in place and no others.")
    private List<String> with = new ArrayList<>();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "REMEDY",
            description = "Replay once, with every remedy in place but these.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--each-remedy",
            description = "Replay with no remedy, with each by itself, and with all, and compare them in a table.")
    private boolean eachRemedy;

    @Option(
            names = "--placebo",
            description = "After each replay, do the same without its faults: what is expected as their effect must"
                    + " fail then, all else must hold, and nobody be paged. Takes three times as long for a fault that"
                    + " is planted and triggered.")
    private boolean placebo;

    @Option(
            names = "--scale",
            paramLabel = "N",
            converter = Numbers.ScaleFactor.class,
            description = "By how much the intervals of monitors and retries are divided; 1 runs the real ones."
                    + " Default: as the incident's file says.")
    private @Nullable Integer scale;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.Seed.class,
            description = "What everything random is drawn from. Default: -D" + RunFiles.SEED_PROPERTY
                    + ", else a new one, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            description = "Where each run leaves a directory of its own. Default: ${DEFAULT-VALUE}.",
            defaultValue = "target/firedrill")
    private Path output = Path.of("target", "firedrill");

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (the default: on a terminal), always or never.")
    private ConsoleStyle.Colour colour = ConsoleStyle.Colour.AUTO;

    @Option(
            names = "--hold",
            arity = "0..1",
            fallbackValue = Hold.UNTIL_INTERRUPTED,
            paramLabel = "TIME",
            converter = Hold.Converter.class,
            description = "When all is judged, keep the system for a look around: for a time, such as 10m, or until"
                    + " Ctrl-C. Prints the kubeconfig and the addresses.")
    private @Nullable Hold hold;

    @Option(
            names = "--dry-run",
            description = "Only tell every object that would be created, changed and deleted; start nothing.")
    private boolean dryRun;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Incident found = IncidentsCommand.find(incident);
        List<Replay> replays = replays(found);
        List<Drill> drills = replays.stream().map(Replay::drill).toList();
        PlaceboSettings chosen = PlaceboSettings.chosen(PlaceboSettings.Mode.UNLESS_ASKED);
        PlaceboSettings placebos = placebo ? chosen.in(PlaceboSettings.Mode.ALWAYS) : chosen;
        cluster.check();
        if (dryRun) {
            System.out.println("on " + cluster);
            cluster.bookkeeping().forEach(System.out::println);
            Outline.of(new Shop(), drills).forEach(System.out::println);
            return 0;
        }
        Interrupts.guard("putting everything back and writing the report");
        try (RunFiles files = RunFiles.create(output, found.id(), seed == null ? RunFiles.chosenSeed() : seed)) {
            RunLog.divert(files.directory());
            Rehearsal rehearsal = new Rehearsal(
                    files,
                    ConsoleStyle.ofStandardOutput(colour),
                    new Rehearsal.Heading(
                            found.title(), commandLine(), replays.get(0).scale().ratio()));
            if (hold != null) {
                rehearsal.holding(hold);
            }
            return rehearsal.of(drills, cluster, placebos);
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
        Replay plain = Replay.of(found, new Shop(), FaultCatalogue.standard());
        Replay scaled = scale == null ? plain : plain.atScale(scale);
        if (!with.isEmpty()) {
            return List.of(scaled.with(with));
        }
        if (!without.isEmpty()) {
            scaled.with(without); // refuses what is no remedy
            return List.of(scaled.with(found.remedies().stream()
                    .filter(remedy -> !without.contains(remedy))
                    .toList()));
        }
        Set<Set<String>> choices = new LinkedHashSet<>(Set.of(Set.of()));
        if (eachRemedy) {
            found.remedies().forEach(remedy -> choices.add(Set.of(remedy)));
        }
        choices.add(found.remedies());
        return choices.stream().map(scaled::with).toList();
    }

    private String commandLine() {
        return spec == null
                ? "replay"
                : String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
