package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterDiagnostics;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.EndOnce;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.ToxiproxyImage;
import dev.firedrill.harness.cluster.embedded.toxiproxy.Toxiproxy;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small Kubernetes inside this JVM, whose pods are child processes. Ready within a second or two on any Linux
 * machine, without Docker or root; gone without a trace when it is closed or its JVM ends.
 *
 * <pre>{@code
 * try (EmbeddedCluster cluster = EmbeddedCluster.start(ClusterRequest.plain(), EmbeddedOptions.defaults())) {
 *     cluster.client().namespaces().resource(shop).create();
 * }
 * }</pre>
 */
public final class EmbeddedCluster implements Cluster {
    private final Rooms rooms;
    private final EndOnce end;

    private EmbeddedCluster(Rooms rooms) {
        this.rooms = rooms;
        this.end = EndOnce.of("embedded-cluster-end", rooms::close);
    }

    /**
     * Starts a cluster and waits until it takes pods.
     *
     * @throws ProvisioningException if the machine lacks something, or a part does not come up
     */
    public static EmbeddedCluster start(ClusterRequest request, EmbeddedOptions options) {
        EmbeddedClusterProvider.unavailable().ifPresent(why -> {
            throw new ProvisioningException(why);
        });
        List<ProgramImage> programs = new ArrayList<>(request.programs());
        programs.add(ProgramImage.java(ToxiproxyImage.name(), ClassPaths.ofThisJvm(), Toxiproxy.class.getName()));
        return new EmbeddedCluster(Rooms.open(programs, request.progress(), options));
    }

    @Override
    public ClusterKind kind() {
        return ClusterKind.EMBEDDED;
    }

    @Override
    public String description() {
        return client().getKubernetesVersion().getGitVersion() + ", node " + rooms.nodeName();
    }

    @Override
    public KubernetesClient client() {
        return rooms.client();
    }

    @Override
    public Path kubeconfig() {
        return rooms.kubeconfig();
    }

    @Override
    public InetSocketAddress outside(String namespace, String service, int port) {
        Service found =
                client().services().inNamespace(namespace).withName(service).get();
        if (found == null) {
            throw new ProvisioningException("no Service " + service + " in namespace " + namespace);
        }
        boolean hasPort = found.getSpec().getPorts().stream().anyMatch(each -> each.getPort() == port);
        if (!hasPort) {
            throw new ProvisioningException("Service " + service + " in namespace " + namespace + " has no port " + port
                    + "; it has "
                    + found.getSpec().getPorts().stream()
                            .map(each -> String.valueOf(each.getPort()))
                            .toList());
        }
        return new InetSocketAddress(address(found), port);
    }

    private static String address(Service service) {
        return Optional.ofNullable(service.getStatus())
                .map(status -> status.getLoadBalancer())
                .flatMap(balancer -> balancer.getIngress().stream().findFirst())
                .map(LoadBalancerIngress::getIp)
                .orElseGet(() -> service.getSpec().getClusterIP());
    }

    @Override
    public void provide(List<ProgramImage> images) {
        rooms.provide(images);
    }

    /** Makes the class-data archives of the programs that run, if they are new: that takes a whole processor. */
    @Override
    public void settle() {
        rooms.settle();
    }

    @Override
    public void collectDiagnostics(Path directory) {
        new ClusterDiagnostics(client(), directory).collect(rooms.history());
    }

    @Override
    public void close() {
        end.close();
    }
}
