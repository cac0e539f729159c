package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.HealingException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts back what a harness that is gone has left, from the undo that it wrote before its first change: in the cluster,
 * or on this machine's disk. It needs neither the faults' classes nor their run, and may be called as often as one
 * likes.
 *
 * <pre>{@code
 * Healer healer = new Healer(client, List.of(Path.of("target/firedrill/.../undo")));
 * healer.heal(healer.open(List.of("shop")));
 * }</pre>
 */
public final class Healer {
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KubernetesClient client;
    private final List<Path> directories;
    private final Set<String> unreadable = new LinkedHashSet<>();

    /** @param directories where undo files of runs on this machine lie; those that are not there are left out */
    public Healer(KubernetesClient client, Collection<Path> directories) {
        this.client = client;
        this.directories = List.copyOf(directories);
    }

    /**
     * An undo that has not been carried out.
     *
     * @param id its name, in the cluster and on disk
     * @param undo what is to be put back
     * @param inCluster whether the cluster has it; if not it was carried out perhaps, and only the file has stayed
     * @param files where it lies on this machine
     */
    public record Open(String id, UndoRecord undo, boolean inCluster, List<Path> files) {
        public Open {
            files = List.copyOf(files);
        }
    }

    /**
     * What came of it.
     *
     * @param healed the titles of the faults that are put back; those of files that were out of date are left out
     * @param conflicts what somebody else has changed and was therefore left alone, one line each
     * @param failures what could not be put back; it is kept for another attempt
     */
    public record Outcome(List<String> healed, List<String> conflicts, List<String> failures) {
        public Outcome {
            healed = List.copyOf(healed);
            conflicts = List.copyOf(conflicts);
            failures = List.copyOf(failures);
        }
    }

    /**
     * Everything in these namespaces that was not put back, what was changed last first. Files are taken only if they
     * were written for this API server. What cannot be read holds up nothing else: it is a failure of {@link #heal}.
     */
    public List<Open> open(Collection<String> namespaces) {
        unreadable.clear();
        Map<String, Open> open = new LinkedHashMap<>();
        for (String namespace : namespaces) {
            for (UndoStore.Kept kept : new UndoStore(client, namespace).all(unreadable::add)) {
                open.put(kept.id(), new Open(kept.id(), kept.undo(), true, List.of()));
            }
        }
        for (Path directory : directories) {
            for (Path file : files(directory)) {
                String name = String.valueOf(file.getFileName());
                String id = name.substring(0, name.length() - UndoStore.SUFFIX.length());
                read(file)
                        .filter(undo ->
                                undo.cluster().equals(client.getMasterUrl().toString()))
                        .filter(undo -> namespaces.contains(undo.namespace()))
                        .ifPresent(undo -> open.merge(
                                id,
                                new Open(id, undo, false, List.of(file)),
                                (inCluster, onDisk) -> new Open(id, inCluster.undo(), true, onDisk.files())));
            }
        }
        return open.values().stream()
                .sorted(Comparator.comparing((Open each) -> each.undo().at()).reversed())
                .toList();
    }

    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "firedrill-undo-*.json")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new HealingException(directory + " cannot be read: " + e.getMessage(), e);
            }
        }
        return files;
    }

    private Optional<UndoRecord> read(Path file) {
        try {
            return Optional.of(UndoRecord.fromJson(Files.readString(file)));
        } catch (IOException | HealingException e) {
            unreadable.add(file + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Puts these back, in this order; what one of them needs so that the repair takes effect is asked at the end. One
     * whose fields another has changed again since, which is not put back before it, is a failure, and kept. Whatever
     * {@link #open} could not read is among the failures.
     */
    public Outcome heal(List<Open> open) {
        List<String> unread = List.copyOf(unreadable);
        List<Open> still = new ArrayList<>(beside(open));
        List<String> healed = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        List<String> failures = new ArrayList<>(unread);
        Map<String, Set<Settling>> settlings = new LinkedHashMap<>();
        for (Open each : open) {
            UndoRecord undo = each.undo();
            Optional<String> covered = covered(each, still);
            if (covered.isPresent()) {
                failures.add(undo.fault() + " in namespace " + undo.namespace() + ": " + covered.get());
                continue;
            }
            try {
                ObjectFields objects = new ObjectFields(client, undo.namespace());
                Restoration restoration = new Restoration(objects, new MadeObjects(client, undo.namespace(), objects));
                conflicts.addAll(restoration.undo(undo.changes(), point -> {}));
                new UndoStore(client, undo.namespace()).forgetInCluster(each.id(), undo.isSecret());
                for (Path file : each.files()) {
                    Files.deleteIfExists(file);
                }
                still.removeIf(other -> other.id().equals(each.id()));
                if (!each.inCluster() && !restoration.hasWritten()) {
                    continue;
                }
                healed.add(undo.fault());
                undo.settling().ifPresent(settling -> settlings
                        .computeIfAbsent(undo.namespace(), namespace -> new LinkedHashSet<>())
                        .add(settling));
            } catch (KubernetesClientException | IOException e) {
                failures.add(undo.fault() + " in namespace " + undo.namespace() + ": " + ApiTrouble.words(e));
            }
        }
        settlings.forEach((namespace, all) -> all.forEach(settling ->
                settle(new ObjectFields(client, namespace), settling).ifPresent(conflicts::add)));
        return new Outcome(healed, conflicts, failures);
    }

    /** All that is open where these are; only these, if that cannot be asked: then none is put back anyway. */
    private List<Open> beside(List<Open> chosen) {
        try {
            return open(chosen.stream().map(each -> each.undo().namespace()).collect(Collectors.toSet()));
        } catch (KubernetesClientException unanswered) {
            return chosen;
        }
    }

    /** Why one cannot be put back yet: what it changed was changed again since, by one that is still there. */
    private static Optional<String> covered(Open below, List<Open> still) {
        if (still.stream().noneMatch(other -> other.id().equals(below.id()))) {
            return Optional.empty(); // somebody else has just put it back
        }
        return still.stream()
                .takeWhile(other -> !other.id().equals(below.id()))
                .filter(upper -> upper.undo().namespace().equals(below.undo().namespace()))
                .flatMap(
                        upper -> Overlap.of(upper.undo().changes(), below.undo().changes())
                                .map(shared -> upper.undo().fault() + " of run "
                                        + upper.undo().run() + " lies on top of it, at " + shared
                                        + "; put both back with: firedrill heal --all")
                                .stream())
                .findFirst();
    }

    /** Asks once more, waits for the answer, and takes the request back. */
    static Optional<String> settle(ObjectFields objects, Settling settling) {
        if (objects.read(settling.target()).isEmpty()) {
            return Optional.empty();
        }
        JsonNode request = JSON.getNodeFactory().stringNode(Instant.now().toString());
        FieldChange ask = objects.set(settling.target(), settling.request(), request);
        if (!objects.write(ask).holds()) {
            return Optional.of(settling.target() + " was changed meanwhile: the repair may not be in effect");
        }
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(SETTLED)
                    .until(() -> objects.read(settling.target())
                            .flatMap(object -> ObjectFields.field(object, settling.answer()))
                            .filter(request::equals)
                            .isPresent());
            return Optional.empty();
        } catch (ConditionTimeoutException notAnswered) {
            return Optional.of("the repair may not be in effect: " + settling.target() + " had no answer at "
                    + settling.answer() + " for " + SETTLED.toSeconds() + " s");
        } finally {
            objects.write(ask.reversed());
        }
    }
}
