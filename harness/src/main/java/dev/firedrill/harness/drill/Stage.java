package dev.firedrill.harness.drill;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.alert.Pager;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A system, deployed in a namespace of its own together with the harness's agent, and ready to be drilled. Raised once
 * and drilled as often as one likes; every drill leaves it as it was.
 */
public final class Stage implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final SystemUnderDrill system;
    private final StageRequest request;
    private final Journal journal;
    private final AgentClient agent;
    private final Pager pager;

    private Stage(
            Cluster cluster,
            SystemUnderDrill system,
            StageRequest request,
            Journal journal,
            AgentClient agent,
            Pager pager) {
        this.cluster = cluster;
        this.system = system;
        this.request = request;
        this.journal = journal;
        this.agent = agent;
        this.pager = pager;
    }

    /**
     * Deploys a system and the agent, and waits until all of it is ready.
     *
     * @throws ProvisioningException if something does not become ready; it names what, and what was seen last
     */
    public static Stage raise(Cluster cluster, SystemUnderDrill system, StageRequest request, Journal journal) {
        KubernetesClient client = cluster.client();
        String namespace = request.namespace();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("firedrill.dev/allowed", "true")
                        .endMetadata()
                        .build())
                .create();
        Deployer deployer = new Deployer(client, namespace);
        deployer.deploy(system.objects(request.systemVariants()), agentOf(request));
        deployer.awaitReady(READY);
        AgentClient agent = AgentClient.in(client, namespace, journal.clock());
        agent.awaitReady(READY);
        return new Stage(cluster, system, request, journal, agent, Pager.follow(agent, journal));
    }

    /** Where faults happen on this stage: for engines of one's own, such as that of a contract test. */
    public FaultScene scene() {
        return new FaultScene(
                cluster.client(),
                namespace(),
                agent,
                journal,
                request.directory().resolve("undo"),
                request.run());
    }

    /** The Deployments that do not have all their replicas ready. */
    public List<String> unready() {
        return cluster.client().apps().deployments().inNamespace(namespace()).list().getItems().stream()
                .filter(deployment -> !Readiness.getInstance().isReady(deployment)
                        || !Objects.equals(
                                deployment.getSpec().getReplicas(),
                                deployment.getStatus().getReadyReplicas()))
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    private static AgentDeployment agentOf(StageRequest request) {
        String variant = request.variants().get(StageRequest.AGENT);
        AgentDeployment agent = AgentDeployment.standard();
        return variant == null ? agent : agent.withVariant(variant);
    }

    public Cluster cluster() {
        return cluster;
    }

    public SystemUnderDrill system() {
        return system;
    }

    public String namespace() {
        return request.namespace();
    }

    public StageRequest request() {
        return request;
    }

    public Journal journal() {
        return journal;
    }

    /** The harness's program inside the cluster. */
    public AgentClient agent() {
        return agent;
    }

    /** What the namespace holds now, save for what the system itself or the cluster writes. */
    public NamespaceSnapshot snapshot() {
        return NamespaceSnapshot.of(cluster.client(), namespace(), system.ownAnnotations());
    }

    /** What reached the pager. */
    public Pager pager() {
        return pager;
    }

    /** Stops following the pager and removes the namespace, also on a thread that is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            pager.close();
            agent.close();
            cluster.client().namespaces().withName(namespace()).delete();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
