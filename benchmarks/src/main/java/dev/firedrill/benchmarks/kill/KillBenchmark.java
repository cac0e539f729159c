package dev.firedrill.benchmarks.kill;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import dev.firedrill.benchmarks.measure.Waiting;
import dev.firedrill.harness.drill.NamespaceSnapshot;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.Healer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Kills a harness by SIGKILL at random moments of what it does, on a cluster that {@code firedrill up} holds in a
 * process of its own, heals what it left from the cluster alone, and counts what is otherwise than before.
 */
public final class KillBenchmark implements Benchmark {
    private static final String NAMESPACE = "shop";
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);
    private static final Duration READY_AGAIN = Duration.ofMinutes(2);
    private static final Set<String> OWN_ANNOTATIONS = Set.of("ingress.firedrill.dev/resynced-at");

    private final String cluster;

    /**
     * @param cluster the kind of cluster that outlives the harness: {@code embedded} or {@code k3s}
     */
    public KillBenchmark(String cluster) {
        this.cluster = cluster;
    }

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        long seed = RunFiles.chosenSeed();
        progress.accept("seed " + seed + " (-D" + RunFiles.SEED_PROPERTY + "=" + seed + ")");
        Random random = new Random(seed);
        try (Child up = Child.talking(
                        Programs.firedrill(List.of("up", "--cluster=" + cluster)),
                        Map.of(),
                        Programs.OUTPUT.resolve("kill-up.err"));
                Held held = Held.by(up)) {
            Path kubeconfig = held.kubeconfig();
            KubernetesClient client = held.client();
            List<Double> residues = new ArrayList<>();
            List<Double> healed = new ArrayList<>();
            NamespaceSnapshot before = snapshot(client);
            for (int run = 1; run <= runs; run++) {
                live(kubeconfig, run, random);
                Healer healer = new Healer(client, List.of());
                Healer.Outcome outcome = healer.heal(healer.open(List.of(NAMESPACE)));
                if (!Waiting.forCondition(() -> Stage.unready(client, NAMESPACE).isEmpty(), READY_AGAIN)) {
                    throw new MeasurementException("not ready again: " + Stage.unready(client, NAMESPACE));
                }
                List<String> residue = new ArrayList<>(before.differencesTo(snapshot(client)));
                residue.addAll(outcome.conflicts());
                residue.addAll(outcome.failures());
                residue.forEach(line -> progress.accept(line));
                residues.add((double) residue.size());
                healed.add((double) outcome.healed().size());
                progress.accept(
                        run + " of " + runs + ": " + outcome.healed().size() + " put back, residue " + residue.size());
            }
            rows.accept(new Row(
                    "residue after kill -9 at random moments on " + cluster + ", seed " + seed,
                    Unit.COUNT,
                    Series.of(residues),
                    Goal.never(0)));
            rows.accept(Row.plain("of it: faults that were in place", Unit.COUNT, Series.of(healed)));
        }
    }

    /** Lets a harness do what it does, for a random time from its first injection on, and kills it. */
    private static void live(Path kubeconfig, int run, Random random) {
        List<String> arguments = List.of(
                kubeconfig.toString(),
                NAMESPACE,
                Programs.OUTPUT.resolve("kill-undo").toString(),
                "kill-" + run,
                Long.toString(random.nextLong()));
        List<String> command = Programs.java(RestlessHarness.class, arguments);
        try (Child harness = Child.talking(command, Map.of(), Programs.OUTPUT.resolve("kill.err"))) {
            if (!harness.line().equals(Optional.of(RestlessHarness.BEGUN))) {
                throw new MeasurementException("a harness did not begin; see " + Programs.OUTPUT + "/kill.err");
            }
            Waiting.untilNanos(System.nanoTime() + (long) (LONGEST_LIFE.toNanos() * random.nextDouble()));
            if (!harness.alive()) {
                throw new MeasurementException("a harness ended by itself; see " + Programs.OUTPUT + "/kill.err");
            }
            harness.handle().destroyForcibly();
            harness.handle().onExit().join();
        }
    }

    /** The cluster that another process holds. */
    private record Held(Path kubeconfig, KubernetesClient client) implements AutoCloseable {
        private static final String EXPORT = "KUBECONFIG=";

        static Held by(Child up) {
            for (Optional<String> line = up.line(); line.isPresent(); line = up.line()) {
                int export = line.get().indexOf(EXPORT);
                if (export >= 0) {
                    Path kubeconfig = Path.of(
                            line.get().substring(export + EXPORT.length()).strip());
                    return new Held(
                            kubeconfig,
                            new KubernetesClientBuilder()
                                    .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                                    .build());
                }
            }
            throw new MeasurementException("firedrill up did not come up; see " + Programs.OUTPUT + "/kill-up.err");
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static NamespaceSnapshot snapshot(KubernetesClient client) {
        return NamespaceSnapshot.of(client, NAMESPACE, OWN_ANNOTATIONS);
    }
}
