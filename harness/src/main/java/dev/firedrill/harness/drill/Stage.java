package dev.firedrill.harness.drill;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.alert.Pager;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.HealingException;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A system, deployed in a namespace of its own together with the harness's agent, and ready to be drilled. Raised once
 * and drilled as often as one likes; every drill leaves it as it was.
 */
public final class Stage implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Ground ground;
    private final NamespaceSnapshot before;
    private final Set<String> unreadyBefore;
    private final SystemUnderDrill system;
    private final StageRequest request;
    private final Journal journal;
    private final AgentClient agent;
    private final Pager pager;
    private final Map<String, Integer> readyAtFirst;

    private Stage(
            Cluster cluster,
            Ground ground,
            NamespaceSnapshot before,
            Set<String> unreadyBefore,
            SystemUnderDrill system,
            StageRequest request,
            Journal journal,
            AgentClient agent,
            Pager pager) {
        this.cluster = cluster;
        this.ground = ground;
        this.before = before;
        this.unreadyBefore = unreadyBefore;
        this.system = system;
        this.request = request;
        this.journal = journal;
        this.agent = agent;
        this.pager = pager;
        this.readyAtFirst = Workloads.readyPods(cluster.client(), ground.namespace());
    }

    /**
     * Deploys a system and the agent, and waits until all of it is ready.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if the system brings an image that cannot be had here
     * @throws ProvisioningException if something does not become ready; it names what, and what was seen last
     */
    public static Stage raise(Cluster cluster, SystemUnderDrill system, StageRequest request, Journal journal) {
        if (system instanceof ImageSource own) {
            cluster.provide(own.images());
        }
        KubernetesClient client = cluster.client();
        Ground ground = cluster.ground(request.namespace());
        String namespace = ground.namespace();
        NamespaceSnapshot before = NamespaceSnapshot.of(client, namespace, system.ownAnnotations());
        Set<String> unreadyBefore = unready(client, namespace);
        Deployer deployer = new Deployer(client, namespace);
        List<HasMetadata> objects = new ArrayList<>(agentOf(request).objects());
        objects.addAll(system.objects(request.systemVariants()));
        deployer.deploy(ground.prepare(objects));
        deployer.awaitReady(READY);
        AgentClient agent = AgentClient.in(client, namespace, journal.clock());
        agent.awaitReady(READY);
        agent.tellOutages(text -> journal.append("harness", EventType.NOTE, Map.of("text", text)));
        cluster.settle();
        Pager pager = Pager.follow(agent, journal);
        return new Stage(cluster, ground, before, unreadyBefore, system, request, journal, agent, pager);
    }

    /** Where faults happen on this stage: for engines of one's own, such as that of a contract test. */
    public FaultScene scene() {
        return new FaultScene(
                cluster.client(),
                namespace(),
                agent,
                journal,
                request.directory().resolve("undo"),
                request.run(),
                cluster.safeguards());
    }

    /**
     * The Deployments that have not all their replicas ready, but had when the stage was raised, or came with it; and
     * other controllers, such as StatefulSets, that have fewer ready pods than then.
     */
    public List<String> unready() {
        Set<String> unready = unready(cluster.client(), namespace());
        unready.removeAll(unreadyBefore);
        Map<String, Integer> now = Workloads.readyPods(cluster.client(), namespace());
        readyAtFirst.forEach((controller, pods) -> {
            if (now.getOrDefault(controller, 0) < pods) {
                unready.add(controller);
            }
        });
        return List.copyOf(unready);
    }

    /** The Deployments of a namespace, and ReplicaSets without one, that have not all their replicas ready. */
    public static Set<String> unready(KubernetesClient client, String namespace) {
        return Workloads.unready(client, namespace);
    }

    /** Whether a Deployment has all its replicas ready. */
    public static boolean isReady(Deployment deployment) {
        return Workloads.isReady(deployment);
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
        return ground.namespace();
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

    /**
     * Stops following the pager and removes what was deployed, also on a thread that is interrupted.
     *
     * @throws HealingException if a namespace that was there before is not as it was
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            pager.close();
            agent.close();
            ground.close();
            if (!cluster.kind().isThrowaway()) {
                requireAsBefore();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireAsBefore() {
        List<String> differences = before.differencesTo(snapshot());
        if (!differences.isEmpty()) {
            throw new HealingException(
                    "namespace " + namespace() + " is not as it was before: " + String.join("; ", differences));
        }
    }
}
