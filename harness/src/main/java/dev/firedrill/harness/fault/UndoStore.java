package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Creation;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.model.HealingException;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps undo records until they are carried out: on disk, and in the namespace as a ConfigMap, or as a Secret if a
 * Secret's values are in it; those are written nowhere else.
 */
final class UndoStore {
    /** The label of the objects that hold an undo; its value is the run. */
    static final String LABEL = Ground.UNDO;

    static final String KEY = "undo.json";
    static final String SUFFIX = ".json";

    private final KubernetesClient client;
    private final String namespace;

    UndoStore(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** A record as it is kept in the cluster. */
    record Kept(String id, UndoRecord undo, boolean secret) {}

    /** Writes the record to both places; only when it returns may anything be changed. */
    void keep(String id, UndoRecord undo, Path directory, CrashPoint.Listener listener) {
        Path file = directory.resolve(id + SUFFIX);
        try {
            Files.createDirectories(directory);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, undo.isSecret() ? undo.toJsonWithoutChanges("Secret/" + id) : undo.toJson());
            listener.reached(CrashPoint.KEPT_ON_DISK);
            HasMetadata kept = object(id, undo);
            Creation.of(client.resource(kept), there -> kept.getMetadata()
                    .getLabels()
                    .equals(there.getMetadata().getLabels()));
        } catch (IOException | KubernetesClientException e) {
            InjectionException failure = new InjectionException(
                    "the undo of " + undo.fault() + " could not be written down, so nothing was injected: "
                            + ApiTrouble.words(e),
                    e);
            try {
                Files.deleteIfExists(file);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
        listener.reached(CrashPoint.KEPT);
    }

    private HasMetadata object(String id, UndoRecord undo) {
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withName(id)
                .withNamespace(namespace)
                .addToLabels(LABEL, undo.run())
                .addToLabels("app.kubernetes.io/managed-by", "firedrill")
                .build();
        return undo.isSecret()
                ? new SecretBuilder()
                        .withMetadata(metadata)
                        .withStringData(Map.of(KEY, undo.toJson()))
                        .build()
                : new ConfigMapBuilder()
                        .withMetadata(metadata)
                        .withData(Map.of(KEY, undo.toJson()))
                        .build();
    }

    /**
     * What is kept in the namespace.
     *
     * @param unreadable is told what is none, though it is labelled so; all else is not held up by it
     */
    List<Kept> all(Consumer<String> unreadable) {
        List<Kept> all = new ArrayList<>();
        client.configMaps()
                .inNamespace(namespace)
                .withLabel(LABEL)
                .list()
                .getItems()
                .forEach(map -> read(map, map.getData(), json -> json, unreadable)
                        .ifPresent(undo -> all.add(new Kept(map.getMetadata().getName(), undo, false))));
        secrets().forEach(secret -> read(secret, secret.getData(), UndoStore::decoded, unreadable)
                .ifPresent(undo -> all.add(new Kept(secret.getMetadata().getName(), undo, true))));
        return all;
    }

    private Optional<UndoRecord> read(
            HasMetadata object,
            @Nullable Map<String, String> data,
            UnaryOperator<String> decoding,
            Consumer<String> unreadable) {
        String text = data == null ? "" : data.getOrDefault(KEY, "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(UndoRecord.fromJson(decoding.apply(text)));
        } catch (HealingException e) {
            unreadable.accept(object.getKind() + "/" + object.getMetadata().getName() + " in namespace " + namespace
                    + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Whoever may not read Secrets has never kept an undo in one. */
    private List<Secret> secrets() {
        try {
            return client.secrets()
                    .inNamespace(namespace)
                    .withLabel(LABEL)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /** @throws HealingException if it is not base64 */
    static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HealingException("not an undo record: " + e.getMessage(), e);
        }
    }

    /**
     * Forgets a record whose undo has been carried out.
     *
     * @return whether the cluster still had it: if not, somebody else has carried it out
     */
    boolean forget(String id, UndoRecord undo, Path directory, CrashPoint.Listener listener) throws IOException {
        boolean kept = forgetInCluster(id, undo.isSecret());
        listener.reached(CrashPoint.FORGOTTEN);
        Files.deleteIfExists(directory.resolve(id + SUFFIX));
        return kept;
    }

    boolean forgetInCluster(String id, boolean secret) {
        return !(secret
                        ? client.secrets().inNamespace(namespace).withName(id).delete()
                        : client.configMaps()
                                .inNamespace(namespace)
                                .withName(id)
                                .delete())
                .isEmpty();
    }
}
