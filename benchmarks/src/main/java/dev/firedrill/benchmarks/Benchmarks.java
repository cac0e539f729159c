package dev.firedrill.benchmarks;

import dev.firedrill.benchmarks.apiserver.ApiServerBenchmark;
import dev.firedrill.benchmarks.build.BuildBenchmark;
import dev.firedrill.benchmarks.faults.DrillsBenchmark;
import dev.firedrill.benchmarks.faults.FaultsBenchmark;
import dev.firedrill.benchmarks.kill.KillBenchmark;
import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Table;
import dev.firedrill.benchmarks.memory.MemoryBenchmark;
import dev.firedrill.benchmarks.replay.ReplayBenchmark;
import dev.firedrill.benchmarks.start.StartBenchmark;
import dev.firedrill.benchmarks.toxiproxy.ToxiproxyBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of the benchmarks; {@code benchmarks/run} starts it. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures Firedrill against its goals and prints a Markdown table.",
        footerHeading = "%nExit status: 0 every goal was met, 1 one was missed, 2 bad input,"
                + " 3 something could not be measured.%n%nWHAT:%n",
        footer = {
            "  start      cluster with all fixtures and the agent Ready, fresh JVM or not",
            "  replay     both replays of knock-2024-06-03, from java -jar to exit",
            "  apiserver  requests, watch delivery and pauses with 10,000 objects stored",
            "  toxiproxy  the embedded Toxiproxy beside the real one, toxics against their parameters",
            "  memory     harness and all pods together, at rest and during the replays",
            "  kill       residue after kill -9 of a harness at random moments, healed",
            "  kill-k3s   the same on a node in Docker",
            "  faults     what of an injection and of its undo is the harness's own doing, kind by kind",
            "  drills     whole drills against the waits that their settings make unavoidable",
            "  verify     mvn verify in a fresh clone of the last commit (minutes per run)",
            "  all        all of these"
        })
public final class Benchmarks implements Callable<Integer> {
    private static final int MISSED = 1;
    private static final int NOT_MEASURED = 3;
    private static final Map<String, Benchmark> ALL = all();

    @Parameters(
            paramLabel = "WHAT",
            arity = "1",
            description = "start, replay, apiserver, toxiproxy, memory, kill, kill-k3s, faults, drills, verify or all.")
    private String what = "";

    @Option(names = "--runs", paramLabel = "N", description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int runs = 10;

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    private static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("start", new StartBenchmark());
        all.put("replay", new ReplayBenchmark());
        all.put("apiserver", new ApiServerBenchmark());
        all.put("toxiproxy", new ToxiproxyBenchmark());
        all.put("memory", new MemoryBenchmark());
        all.put("kill", new KillBenchmark("embedded"));
        all.put("kill-k3s", new KillBenchmark("k3s"));
        all.put("faults", new FaultsBenchmark());
        all.put("drills", new DrillsBenchmark());
        all.put("verify", new BuildBenchmark());
        return all;
    }

    @Override
    public Integer call() {
        if (runs < 1) {
            return refuse("--runs must be a positive number: " + runs);
        }
        if (!what.equals("all") && !ALL.containsKey(what)) {
            return refuse(
                    "there is no benchmark '" + what + "'; allowed: " + String.join(", ", ALL.keySet()) + ", all");
        }
        String machine = Machine.description();
        List<Row> rows = new ArrayList<>();
        boolean measured = true;
        for (Map.Entry<String, Benchmark> each : ALL.entrySet()) {
            String name = each.getKey();
            if (what.equals("all") || what.equals(name)) {
                try {
                    each.getValue().measure(runs, rows::add, line -> System.err.println(name + ": " + line));
                } catch (MeasurementException e) {
                    System.err.println(name + ": not measured: " + e.getMessage());
                    measured = false;
                }
            }
        }
        System.out.println(machine + "\n\n" + Table.markdown(rows));
        if (!measured) {
            return NOT_MEASURED;
        }
        return rows.stream().allMatch(Row::met) ? 0 : MISSED;
    }

    private static int refuse(String reason) {
        System.err.println("benchmarks/run: " + reason);
        return CommandLine.ExitCode.USAGE;
    }
}
