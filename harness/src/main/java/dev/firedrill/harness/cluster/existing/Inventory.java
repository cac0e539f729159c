package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Creation;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.HealingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a run deploys into a namespace that it does not own: written down there before the first object is made, so that
 * all of it can be removed by anybody, and nothing else.
 */
public final class Inventory {
    /** The ConfigMap that holds it. */
    public static final String NAME = "firedrill-deployed";

    /** The label that each deployed object carries; its value tells one deployment from another. */
    static final String LABEL = "firedrill.dev/deployment";

    private static final String KEY = "objects";
    private static final Duration GONE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final String namespace;
    private final String mark;
    private final List<Item> items;

    private Inventory(KubernetesClient client, String namespace, String mark, List<Item> items) {
        this.client = client;
        this.namespace = namespace;
        this.mark = mark;
        this.items = List.copyOf(items);
    }

    /** One object. Those that run pods are removed first, so that no program makes anew what is removed. */
    private record Item(String apiVersion, String kind, String name) {
        static Item of(HasMetadata object) {
            return new Item(
                    object.getApiVersion(),
                    object.getKind(),
                    object.getMetadata().getName());
        }

        static Item parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                throw new HealingException("ConfigMap/" + NAME + " has a line that names no object: " + line);
            }
            return new Item(words[0], words[1], words[2]);
        }

        boolean runsPods() {
            return apiVersion.startsWith("apps/") || apiVersion.startsWith("batch/");
        }

        String line() {
            return apiVersion + " " + kind + " " + name;
        }

        @Override
        public String toString() {
            return kind + "/" + name;
        }
    }

    /**
     * Writes down what will be deployed.
     *
     * @param mark the value of the label that the objects will carry
     * @throws ConfigurationException if one of them is there already
     */
    static Inventory write(KubernetesClient client, String namespace, String mark, List<HasMetadata> objects) {
        Inventory inventory = new Inventory(
                client, namespace, mark, objects.stream().map(Item::of).toList());
        List<Item> there = inventory.items.stream()
                .filter(item -> inventory.find(item).isPresent())
                .toList();
        if (!there.isEmpty()) {
            throw new ConfigurationException("namespace " + namespace + " has already " + there.get(0)
                    + (there.size() > 1 ? " and " + (there.size() - 1) + " more" : "")
                    + ", which would be overwritten; give a namespace without");
        }
        Resource<ConfigMap> written = client.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .addToLabels(LABEL, mark)
                        .endMetadata()
                        .addToData(KEY, inventory.items.stream().map(Item::line).collect(Collectors.joining("\n")))
                        .build());
        Creation.of(
                written,
                found -> found.getMetadata().getLabels() != null
                        && mark.equals(found.getMetadata().getLabels().get(LABEL)));
        return inventory;
    }

    /** What a run has written down and not removed; empty where there is nothing. */
    public static Optional<Inventory> left(KubernetesClient client, String namespace) {
        ConfigMap map =
                client.configMaps().inNamespace(namespace).withName(NAME).get();
        if (map == null) {
            return Optional.empty();
        }
        Map<String, String> labels =
                Objects.requireNonNullElse(map.getMetadata().getLabels(), Map.of());
        List<Item> items = Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .getOrDefault(KEY, "")
                .lines()
                .map(Item::parse)
                .toList();
        return Optional.of(new Inventory(client, namespace, labels.getOrDefault(LABEL, ""), items));
    }

    /**
     * Removes what is in it, and then itself. What does not carry its label was made by somebody else, and stays.
     *
     * @return how many objects were removed
     * @throws HealingException if something stays; it may be called again
     */
    public int remove() {
        try {
            List<Item> pods = items.stream().filter(Item::runsPods).toList();
            List<Item> others = items.stream().filter(item -> !item.runsPods()).toList();
            int removed = remove(pods) + remove(others);
            client.configMaps().inNamespace(namespace).withName(NAME).delete();
            return removed;
        } catch (KubernetesClientException e) {
            throw new HealingException(
                    "what was deployed in namespace " + namespace + " is not removed: " + ApiTrouble.inOneLine(e)
                            + "; remove it with: firedrill heal",
                    e);
        }
    }

    private int remove(List<Item> some) {
        List<Item> ours = some.stream().filter(this::isOurs).toList();
        ours.forEach(item -> resource(item)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete());
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .atMost(GONE)
                    .until(() -> ours.stream().noneMatch(this::isOurs));
        } catch (ConditionTimeoutException e) {
            throw new HealingException(
                    "not gone from namespace " + namespace + " after " + GONE.toSeconds() + " s: "
                            + ours.stream()
                                    .filter(this::isOurs)
                                    .map(Item::toString)
                                    .collect(Collectors.joining(", "))
                            + "; remove it with: firedrill heal",
                    e);
        }
        return ours.size();
    }

    private boolean isOurs(Item item) {
        return find(item)
                .map(object -> object.getMetadata().getLabels())
                .filter(labels -> labels != null && mark.equals(labels.get(LABEL)))
                .isPresent();
    }

    private Optional<GenericKubernetesResource> find(Item item) {
        return Optional.ofNullable(resource(item).get());
    }

    private Resource<GenericKubernetesResource> resource(Item item) {
        return client.genericKubernetesResources(item.apiVersion(), item.kind())
                .inNamespace(namespace)
                .withName(item.name());
    }
}
