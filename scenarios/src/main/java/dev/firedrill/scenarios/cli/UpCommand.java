package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.drill.RunFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.scenarios.shop.Shop;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code firedrill up}: a cluster with the shop on it, held for a look around. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts a cluster with the mock system on it and holds it until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private static final String NAMESPACE = "shop";

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Override
    public Integer call() {
        cluster.check();
        Interrupts.guard("stopping the cluster");
        long seed = RunFiles.chosenSeed();
        try (RunFiles files = RunFiles.create(Path.of("target", "firedrill"), "up", seed);
                Cluster running = Clusters.start(
                        cluster.kind(), ClusterRequest.plain().reportingTo(line -> System.out.println("  " + line)))) {
            files.started("A cluster for a look around", "up", "", running);
            StageRequest request = new StageRequest(NAMESPACE, files.run(), files.directory(), seed, Map.of());
            try (Stage stage = Stage.raise(running, new Shop(), request, files.journal())) {
                describe(stage);
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException e) {
            return FiredrillCommand.INTERRUPTED;
        }
        return 0;
    }

    private static void describe(Stage stage) {
        Cluster running = stage.cluster();
        System.out.println();
        System.out.println(
                "  " + running.kind().label() + " " + running.description() + " is up. In another terminal:");
        System.out.println();
        System.out.println("    export KUBECONFIG=" + running.kubeconfig());
        System.out.println("    kubectl -n " + NAMESPACE + " get pods");
        System.out.println();
        System.out.println("  Dashboard   " + url(running.outside(NAMESPACE, "dashboard", 8080)));
        InetSocketAddress ingress = running.outside(NAMESPACE, "ingress", 8080);
        System.out.println("  Public API  " + url(ingress) + "v1/status with the header Host: api.example.com");
        System.out.println();
        System.out.println("  Ctrl-C ends it and removes everything.");
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/";
    }
}
