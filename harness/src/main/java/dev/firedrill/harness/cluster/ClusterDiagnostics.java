package dev.firedrill.harness.cluster;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down all that an API server tells of its cluster, without the values of its Secrets. */
public final class ClusterDiagnostics {
    private static final String MASKED = "masked";

    private final KubernetesClient client;
    private final Path directory;
    private final @Nullable String namespace;

    private ClusterDiagnostics(KubernetesClient client, Path directory, @Nullable String namespace) {
        this.client = client;
        this.directory = directory;
        this.namespace = namespace;
    }

    /** Of a whole cluster. */
    public ClusterDiagnostics(KubernetesClient client, Path directory) {
        this(client, directory, null);
    }

    /** Of one namespace alone, and of that what this user may read. */
    public static ClusterDiagnostics of(String namespace, KubernetesClient client, Path directory) {
        return new ClusterDiagnostics(client, directory, namespace);
    }

    /**
     * Writes it all down.
     *
     * @param history what the cluster said of itself
     */
    public void collect(List<String> history) {
        try {
            Files.createDirectories(directory.resolve("objects"));
            Files.createDirectories(directory.resolve("logs"));
            Files.write(directory.resolve("cluster.log"), history);
            for (String version : versions()) {
                collectObjects(version);
            }
            Files.write(directory.resolve("events.txt"), events());
            for (Pod pod : pods().list().getItems()) {
                collectLogs(pod);
            }
        } catch (IOException e) {
            throw new ProvisioningException("diagnostics not written to " + directory + ": " + e.getMessage(), e);
        }
    }

    private List<String> versions() {
        return Stream.concat(
                        Stream.of("v1"),
                        client.getApiGroups().getGroups().stream()
                                .map(group -> group.getPreferredVersion().getGroupVersion()))
                .toList();
    }

    private void collectObjects(String version) throws IOException {
        List<APIResource> resources = client.getApiResources(version).getResources();
        for (APIResource resource : resources) {
            boolean listed = resource.getVerbs() != null && resource.getVerbs().contains("list");
            if (!listed
                    || (namespace != null && !resource.getNamespaced())
                    || resource.getName().contains("/")
                    || resource.getKind().equals("Event")) {
                continue;
            }
            List<GenericKubernetesResource> objects = list(version, resource);
            if (!objects.isEmpty()) {
                String yaml = objects.stream()
                        .map(object -> client.getKubernetesSerialization().asYaml(masked(object)))
                        .collect(Collectors.joining("\n"));
                Files.writeString(directory.resolve("objects").resolve(resource.getName() + ".yaml"), yaml);
            }
        }
    }

    private List<GenericKubernetesResource> list(String version, APIResource resource) {
        int slash = version.indexOf('/');
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withKind(resource.getKind())
                .withPlural(resource.getName())
                .withNamespaced(resource.getNamespaced())
                .build();
        var all = client.genericKubernetesResources(context);
        try {
            return (namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace))
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && namespace != null) {
                return List.of();
            }
            throw e;
        }
    }

    private AnyNamespaceOperation<Pod, PodList, PodResource> pods() {
        return namespace == null
                ? client.pods().inAnyNamespace()
                : client.pods().inNamespace(namespace);
    }

    private static GenericKubernetesResource masked(GenericKubernetesResource object) {
        if (!object.getKind().equals("Secret")) {
            return object;
        }
        for (String field : List.of("data", "stringData")) {
            if (object.getAdditionalProperties().get(field) instanceof Map<?, ?> data) {
                Map<String, String> hidden =
                        data.keySet().stream().collect(Collectors.toMap(String::valueOf, key -> MASKED));
                object.setAdditionalProperty(field, hidden);
            }
        }
        // kubectl apply keeps a copy of the whole object there
        object.getMetadata().getAnnotations().remove("kubectl.kubernetes.io/last-applied-configuration");
        object.getMetadata().setManagedFields(List.of());
        return object;
    }

    private List<String> events() {
        return eventList().stream()
                .sorted(Comparator.comparing(event -> String.valueOf(event.getLastTimestamp())))
                .map(ClusterDiagnostics::line)
                .toList();
    }

    private List<Event> eventList() {
        var all = client.v1().events();
        return (namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace))
                .list()
                .getItems();
    }

    private static String line(Event event) {
        return String.join(
                "\t",
                String.valueOf(event.getLastTimestamp()),
                String.valueOf(event.getType()),
                String.valueOf(event.getReason()),
                event.getInvolvedObject().getKind() + "/"
                        + event.getInvolvedObject().getNamespace() + "/"
                        + event.getInvolvedObject().getName(),
                "x" + (event.getCount() == null ? 1 : event.getCount()),
                String.valueOf(event.getMessage()));
    }

    private void collectLogs(Pod pod) throws IOException {
        List<Container> containers = new ArrayList<>(pod.getSpec().getInitContainers());
        containers.addAll(pod.getSpec().getContainers());
        for (Container container : containers) {
            var source = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container.getName());
            String name =
                    pod.getMetadata().getNamespace() + "_" + pod.getMetadata().getName() + "_" + container.getName();
            write(name + ".log", () -> source.usingTimestamps().getLog());
            write(
                    name + ".previous.log",
                    () -> source.usingTimestamps().terminated().getLog());
        }
    }

    private void write(String name, java.util.function.Supplier<String> log) throws IOException {
        try {
            Files.writeString(directory.resolve("logs").resolve(name), log.get());
        } catch (KubernetesClientException ignored) {
            // there is no such log: the container never ran, or never before
        }
    }
}
