package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts into every namespace what each has, and empties one that is deleted before it goes. */
final class NamespaceController implements Reconciler {
    private static final String ROOT_CA = "kube-root-ca.crt";
    private static final String ACCOUNT = "default";
    private static final String FINALIZER = "kubernetes";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final KubernetesClient client;
    private final Caches caches;
    private final Writer writer;
    private final Supplier<List<ServedKind>> kinds;
    private final Map<String, String> rootCa;

    NamespaceController(
            KubernetesClient client,
            Caches caches,
            Writer writer,
            Supplier<List<ServedKind>> kinds,
            String certificateAuthority) {
        this.client = client;
        this.caches = caches;
        this.writer = writer;
        this.kinds = kinds;
        this.rootCa = Map.of("ca.crt", certificateAuthority);
    }

    /** Adds a namespace when it, or what it must have, changes; and one that ends when a pod of it is gone. */
    void feed(WorkQueue queue) {
        caches.namespaces().listen((before, after) -> after.map(ObjectKey::of).ifPresent(queue::add));
        caches.serviceAccounts().listen((before, after) -> before.filter(account ->
                        after.isEmpty() && ACCOUNT.equals(account.getMetadata().getName()))
                .ifPresent(account -> queue.add(namespace(account.getMetadata().getNamespace()))));
        caches.configMaps().listen((before, after) -> before.filter(
                        map -> ROOT_CA.equals(map.getMetadata().getName()))
                .ifPresent(map -> queue.add(namespace(map.getMetadata().getNamespace()))));
        caches.pods().listen((before, after) -> {
            if (after.isEmpty()) {
                before.map(pod -> pod.getMetadata().getNamespace())
                        .filter(caches::isEnding)
                        .ifPresent(name -> queue.add(namespace(name)));
            }
        });
    }

    private static ObjectKey namespace(String name) {
        return new ObjectKey("", name);
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Namespace namespace = caches.namespaces().get(key).orElse(null);
        if (namespace == null) {
            return Optional.empty();
        }
        if (namespace.getMetadata().getDeletionTimestamp() == null) {
            furnish(key.name());
            return Optional.empty();
        }
        if (!namespace.getSpec().getFinalizers().contains(FINALIZER)) {
            return Optional.empty();
        }
        NamespaceContent.Left left = new NamespaceContent(client, writer, kinds.get(), key.name()).clear();
        Namespace told = tell(namespace, left);
        if (left.nothing()) {
            finish(told);
            return Optional.empty();
        }
        return Optional.of(LOOK_AGAIN);
    }

    private Namespace tell(Namespace namespace, NamespaceContent.Left left) {
        List<NamespaceCondition> before = namespace.getStatus().getConditions();
        List<NamespaceCondition> now = NamespaceConditions.of(left, before, Instant.now());
        return now.equals(before)
                ? namespace
                : writer.updateStatus(
                        caches.namespaces(),
                        new NamespaceBuilder(namespace)
                                .editStatus()
                                .withConditions(now)
                                .endStatus()
                                .build());
    }

    private void furnish(String name) {
        if (caches.serviceAccounts().get(new ObjectKey(name, ACCOUNT)).isEmpty()) {
            writer.createIfAbsent(
                    caches.serviceAccounts(),
                    new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(name)
                            .withName(ACCOUNT)
                            .endMetadata()
                            .build());
        }
        ConfigMap there = caches.configMaps().get(new ObjectKey(name, ROOT_CA)).orElse(null);
        if (there == null) {
            writer.createIfAbsent(
                    caches.configMaps(),
                    new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(name)
                            .withName(ROOT_CA)
                            .addToAnnotations(
                                    "kubernetes.io/description",
                                    "The certificate authority by which programs know the API server.")
                            .endMetadata()
                            .withData(rootCa)
                            .build());
        } else if (!rootCa.equals(there.getData())) {
            writer.update(
                    caches.configMaps(),
                    new ConfigMapBuilder(there).withData(rootCa).build());
        }
    }

    private void finish(Namespace namespace) {
        writer.send(
                "PUT",
                Writer.path(namespace) + "/finalize",
                new NamespaceBuilder(namespace)
                        .editSpec()
                        .removeFromFinalizers(FINALIZER)
                        .endSpec()
                        .build());
    }
}
