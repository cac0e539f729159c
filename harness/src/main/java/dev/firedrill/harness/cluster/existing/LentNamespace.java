package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.Ground;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one namespace of an existing cluster, lent to one system at a time, which leaves it as it was. */
public final class LentNamespace implements Ground {
    private final KubernetesClient client;
    private final String namespace;
    private final ImageNames images;
    private final Runnable onClose;
    private final AtomicReference<@Nullable Inventory> deployed = new AtomicReference<>();

    LentNamespace(KubernetesClient client, String namespace, ImageNames images, Runnable onClose) {
        this.client = client;
        this.namespace = namespace;
        this.images = images;
        this.onClose = onClose;
    }

    /** A namespace whose lease is held here. */
    public static LentNamespace of(KubernetesClient client, String namespace) {
        return new LentNamespace(client, namespace, new ImageNames(System.getenv()), () -> {});
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public List<HasMetadata> prepare(List<HasMetadata> objects) {
        String mark = UUID.randomUUID().toString();
        deployed.set(Inventory.write(client, namespace, mark, objects));
        objects.forEach(object -> {
            label(object, mark);
            images.rename(object);
        });
        return objects;
    }

    private static void label(HasMetadata object, String mark) {
        Map<String, String> labels =
                new HashMap<>(Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of()));
        labels.put(Inventory.LABEL, mark);
        object.getMetadata().setLabels(labels);
    }

    @Override
    public void close() {
        Inventory all = deployed.getAndSet(null);
        try {
            if (all != null) {
                all.remove();
            }
        } finally {
            onClose.run();
        }
    }
}
