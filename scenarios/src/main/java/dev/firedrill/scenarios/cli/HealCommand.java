package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.existing.DrillLease;
import dev.firedrill.harness.cluster.existing.Entrance;
import dev.firedrill.harness.cluster.existing.Inventory;
import dev.firedrill.harness.cluster.k3s.Leftovers;
import dev.firedrill.harness.fault.Healer;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import dev.firedrill.harness.model.Verdict;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firedrill heal}: puts back what a run that is gone has left in a cluster. */
@Command(
        name = "heal",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Puts back what a run has broken in a cluster and, killed perhaps, has not put back itself.",
            "",
            "It reads the undo that was written before the first change, from the cluster or from this"
                    + " machine's disk. A"
                    + " field that somebody else has changed since is left alone and named. It may be called again.",
            "",
            "If no cluster is named it removes the nodes of kind k3s that dead runs have left in the Docker engine."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything is as it was; also if there was nothing to do",
            "1:something that somebody else has changed was left alone",
            "2:bad input; nothing was changed",
            "3:something could not be put back; its undo is kept"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firedrill heal",
            "  firedrill heal --all --kubeconfig FILE",
            "  firedrill heal --run RUN --kubeconfig FILE"
        })
final class HealCommand implements Callable<Integer> {
    @Option(names = "--run", paramLabel = "ID", description = "The run whose faults are put back.")
    private @Nullable String run;

    @Option(names = "--all", description = "Put back the faults of every run.")
    private boolean all;

    @Mixin
    private RunsDirectory runs = new RunsDirectory();

    @Mixin
    private HeldCluster cluster = new HeldCluster();

    @Override
    public Integer call() {
        if (all && run != null) {
            throw new ConfigurationException("--run and --all exclude each other; give one of them");
        }
        if (!cluster.named() && run == null) {
            return removeNodes();
        }
        Entrance entrance = cluster.entrance();
        entrance.check();
        try (KubernetesClient client = entrance.connect()) {
            List<String> namespaces = cluster.namespaces(client);
            Healer healer = new Healer(client, undoDirectories());
            List<Healer.Open> chosen = chosen(healer.open(namespaces));
            Deque<Visit> visits = new ArrayDeque<>();
            try {
                namespaces.forEach(namespace -> visits.push(Visit.to(client, namespace)));
                Healer.Outcome outcome = healer.heal(chosen);
                int removed = outcome.failures().isEmpty()
                        ? namespaces.stream()
                                .mapToInt(namespace -> removeLeft(client, namespace))
                                .sum()
                        : 0;
                return tell(outcome, removed);
            } finally {
                visits.forEach(Visit::close);
            }
        }
    }

    /** The nodes of kind k3s that dead runs have left in the Docker engine; each is told as it is removed. */
    private static int removeNodes() {
        if (Leftovers.removeAll(System.out::println) == 0) {
            System.out.println("no dead run has left a node in the Docker engine; to heal a cluster, name it:"
                    + " --kubeconfig FILE, or --cluster=existing");
        }
        return 0;
    }

    /** What a run that is gone has deployed where it could make no namespace; what a living one has there stays. */
    private static int removeLeft(KubernetesClient client, String namespace) {
        return DrillLease.welcomes(client, namespace)
                ? 0
                : Inventory.left(client, namespace).map(Inventory::remove).orElse(0);
    }

    private List<Path> undoDirectories() {
        if (!Files.isDirectory(runs.path())) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(runs.path())) {
            return directories
                    .map(each -> each.resolve("undo"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Healer.Open> chosen(List<Healer.Open> open) {
        List<String> runs =
                open.stream().map(each -> each.undo().run()).distinct().sorted().toList();
        if (run != null) {
            if (!runs.isEmpty() && !runs.contains(run)) {
                throw new ConfigurationException("run \"" + run + "\" has left nothing to put back; allowed: "
                        + String.join(", ", runs) + Spelling.guess(run, runs));
            }
            return open.stream().filter(each -> each.undo().run().equals(run)).toList();
        }
        if (!all && runs.size() > 1) {
            throw new ConfigurationException(
                    "several runs have left something; give --all, or --run with one of: " + String.join(", ", runs));
        }
        return open;
    }

    private static int tell(Healer.Outcome outcome, int removed) {
        if (removed == 0
                && outcome.healed().isEmpty()
                && outcome.conflicts().isEmpty()
                && outcome.failures().isEmpty()) {
            System.out.println("nothing to put back");
        }
        outcome.healed().forEach(fault -> System.out.println("put back: " + fault));
        if (removed > 0) {
            System.out.println("removed: " + removed + " objects that a run had deployed");
        }
        outcome.conflicts().forEach(conflict -> System.out.println("left alone: " + conflict));
        outcome.failures().forEach(failure -> System.out.println("not put back: " + failure));
        if (!outcome.failures().isEmpty()) {
            return Verdict.INCONCLUSIVE.exitStatus();
        }
        return outcome.conflicts().isEmpty() ? 0 : Verdict.FAIL.exitStatus();
    }
}
