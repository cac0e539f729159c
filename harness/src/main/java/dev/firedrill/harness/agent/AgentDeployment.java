package dev.firedrill.harness.agent;

import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the agent into a namespace: an account with its rights, a Secret with its token, a Deployment, and the
 * Services {@code firedrill-agent}, for the harness, and {@code pager}, for what sends notifications.
 *
 * <pre>{@code
 * AgentClient agent = AgentDeployment.standard().deploy(cluster.client(), "shop", Timekeeper.system());
 * }</pre>
 *
 * @param image the agent's image
 * @param arguments of the container, as {@code --variant=drops}
 */
public record AgentDeployment(String image, List<String> arguments) {
    /** The name of the Deployment, of its Service and of its Secret. */
    public static final String NAME = "firedrill-agent";
    /** The name of the Service to which notifications are sent. */
    public static final String PAGER = "pager";
    /** The port of both Services. */
    public static final int PORT = 8080;

    private static final String MOUNTED = "/var/run/secrets/kubernetes.io/serviceaccount";

    static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", NAME);

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", NAME, "app.kubernetes.io/managed-by", "firedrill");
    private static final String TOKEN_KEY = "token";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    public AgentDeployment {
        Objects.requireNonNull(image, "image");
        arguments = List.copyOf(arguments);
    }

    /** The agent as it should be. */
    public static AgentDeployment standard() {
        return new AgentDeployment("firedrill/agent:latest", List.of());
    }

    public AgentDeployment withImage(String otherImage) {
        return new AgentDeployment(otherImage, arguments);
    }

    /** An agent with a fault of its own, to show that the harness notices: {@code drops}. */
    public AgentDeployment withVariant(String variant) {
        List<String> more = new ArrayList<>(arguments);
        more.add("--variant=" + variant);
        return new AgentDeployment(image, more);
    }

    /**
     * Applies the objects and waits until the agent answers. A token that is there is kept.
     *
     * @throws FiredrillException if it does not within a minute
     */
    public AgentClient deploy(KubernetesClient client, String namespace, Timekeeper clock) {
        boolean hasToken = isIn(client, namespace);
        for (HasMetadata object : objects()) {
            if (hasToken && object instanceof Secret) {
                continue;
            }
            client.resource(object).inNamespace(namespace).forceConflicts().serverSideApply();
        }
        return ready(client, namespace, clock);
    }

    /**
     * Puts it where nothing is kept, for as long as the ground is open, and waits until it answers. It has no account
     * there: it is gone before any duty could be due.
     *
     * @throws FiredrillException if it does not within a minute
     */
    public AgentClient deploy(Ground ground, KubernetesClient client, Timekeeper clock) {
        for (HasMetadata object : ground.prepare(List.of(secret(), service(NAME), service(PAGER), deployment(false)))) {
            client.resource(object).inNamespace(ground.namespace()).serverSideApply();
        }
        return ready(client, ground.namespace(), clock);
    }

    /** Whether it is in a namespace already. */
    public static boolean isIn(KubernetesClient client, String namespace) {
        return client.secrets().inNamespace(namespace).withName(NAME).get() != null;
    }

    private static AgentClient ready(KubernetesClient client, String namespace, Timekeeper clock) {
        AgentClient agent = AgentClient.in(client, namespace, clock);
        agent.awaitReady(PATIENCE);
        return agent;
    }

    /** The objects alone, so that they can be applied together with others: with a new token. */
    public List<HasMetadata> objects() {
        List<HasMetadata> objects = new ArrayList<>(AgentAccount.objects(named(NAME)));
        objects.addAll(List.of(secret(), service(NAME), service(PAGER), deployment(true)));
        return objects;
    }

    static String token(KubernetesClient client, String namespace) {
        Secret secret = client.secrets().inNamespace(namespace).withName(NAME).get();
        if (secret == null || secret.getData() == null || !secret.getData().containsKey(TOKEN_KEY)) {
            throw new FiredrillException("No agent in namespace '" + namespace + "': there is no Secret '" + NAME
                    + "' with a token; was AgentDeployment applied there?");
        }
        return new String(Base64.getDecoder().decode(secret.getData().get(TOKEN_KEY)), StandardCharsets.UTF_8);
    }

    private static ObjectMeta named(String name) {
        return new ObjectMetaBuilder().withName(name).withLabels(LABELS).build();
    }

    private static Secret secret() {
        byte[] token = new byte[24];
        RANDOM.nextBytes(token);
        return new SecretBuilder()
                .withMetadata(named(NAME))
                .withData(Map.of(TOKEN_KEY, encoded(HexFormat.of().formatHex(token))))
                .build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withMetadata(named(name))
                .withNewSpec()
                .withSelector(SELECTOR)
                .addNewPort()
                .withName("http")
                .withPort(PORT)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }

    private Deployment deployment(boolean hasAccount) {
        return new DeploymentBuilder()
                .withMetadata(named(NAME))
                .withNewSpec()
                .withReplicas(1)
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(SELECTOR)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withEnableServiceLinks(false)
                .withServiceAccountName(hasAccount ? NAME : null)
                .withAutomountServiceAccountToken(hasAccount)
                .withTerminationGracePeriodSeconds(5L)
                .withContainers(container(hasAccount))
                .addNewVolume()
                .withName("data")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private Container container(boolean hasAccount) {
        return new ContainerBuilder()
                .withName("agent")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments)
                .addNewPort()
                .withName("http")
                .withContainerPort(PORT)
                .endPort()
                .addNewEnv()
                .withName("AGENT_TOKEN")
                .withNewValueFrom()
                .withNewSecretKeyRef(TOKEN_KEY, NAME, false)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("DATA_DIR")
                .withValue("/data")
                .endEnv()
                .addAllToEnv(hasAccount ? List.of(new EnvVar(PodAccount.DIRECTORY, MOUNTED, null)) : List.of())
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/readyz")
                .withPort(new IntOrString("http"))
                .endHttpGet()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("64Mi")))
                .endResources()
                .build();
    }
}
