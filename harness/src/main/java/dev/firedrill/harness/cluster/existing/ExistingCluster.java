package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterDiagnostics;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.EndOnce;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.Permissions;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One namespace of a cluster that is there already. While it is open, nobody else drills there. */
final class ExistingCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(ExistingCluster.class);

    private final List<String> history = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Ground> lent = new AtomicReference<>();
    private final Entrance entrance;
    private final String namespace;
    private final Guards guards;
    private final KubernetesClient client;
    private final DrillLease lease;
    private final String description;
    private final EndOnce end;

    private ExistingCluster(
            Entrance entrance,
            String namespace,
            Guards guards,
            KubernetesClient client,
            DrillLease lease,
            String about) {
        this.entrance = entrance;
        this.namespace = namespace;
        this.guards = guards;
        this.client = client;
        this.lease = lease;
        this.description = about;
        this.end = EndOnce.of("existing-cluster-end", this::giveBack);
    }

    /**
     * Asks every guard, and takes the namespace's lease.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if a guard refuses, or somebody else drills there
     */
    static ExistingCluster open(ClusterRequest request) {
        Guards guards = Guards.ofProperties();
        Entrance entrance = Entrance.of(request.target(), guards);
        String namespace = Entrance.requireNamespace(request.target());
        String version = entrance.check(namespace);
        KubernetesClient client = entrance.connect();
        DrillLease lease = null;
        boolean open = false;
        try {
            lease = DrillLease.take(client, namespace, request.progress());
            Leftovers.check(client, entrance.context(), namespace);
            String about =
                    version + nodes(client, namespace) + ", context " + entrance.context() + ", namespace " + namespace;
            ExistingCluster cluster = new ExistingCluster(entrance, namespace, guards, client, lease, about);
            cluster.tell("cluster: " + about, request.progress());
            open = true;
            return cluster;
        } finally {
            if (!open) {
                if (lease != null) {
                    lease.close();
                }
                client.close();
            }
        }
    }

    private void tell(String line, Consumer<String> progress) {
        history.add(line);
        progress.accept(line);
    }

    /** Its nodes, where they may be read. */
    private static String nodes(KubernetesClient client, String namespace) {
        try {
            if (!Permissions.in(client, namespace).allow("", "nodes", "list")) {
                return "";
            }
            List<Node> nodes = client.nodes().list().getItems();
            return nodes.size() == 1
                    ? ", node " + nodes.get(0).getMetadata().getName()
                    : ", " + nodes.size() + " nodes";
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    @Override
    public ClusterKind kind() {
        return ClusterKind.EXISTING;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    /** The user's own file; its context is named in {@link #description}. */
    @Override
    public Path kubeconfig() {
        return entrance.file();
    }

    @Override
    public String kubectlFlags() {
        return "--context " + entrance.context() + " ";
    }

    @Override
    public void welcomeGuests() {
        lease.welcomeGuests();
    }

    @Override
    public Ground ground(String name) {
        LentNamespace ground =
                new LentNamespace(client, namespace, new ImageNames(System.getenv()), () -> lent.set(null));
        if (!lent.compareAndSet(null, ground)) {
            throw new ProvisioningException(
                    "namespace " + namespace + " has a system already; an existing cluster takes one at a time");
        }
        return ground;
    }

    @Override
    public Safeguards safeguards() {
        return guards.safeguards();
    }

    @Override
    public InetSocketAddress outside(String inNamespace, String service, int port) {
        return new OutsideAddress(client, inNamespace, service, port).await();
    }

    @Override
    public void collectDiagnostics(Path directory) {
        ClusterDiagnostics.of(namespace, client, directory).collect(history);
    }

    @Override
    public void close() {
        end.close();
    }

    private void giveBack() {
        try (client;
                lease) {
            Ground left = lent.get();
            if (left != null) {
                left.close();
            }
        } catch (FiredrillException | KubernetesClientException e) {
            LOG.warn("Namespace {} was not given back: {}", namespace, ApiTrouble.words(e));
        }
    }
}
