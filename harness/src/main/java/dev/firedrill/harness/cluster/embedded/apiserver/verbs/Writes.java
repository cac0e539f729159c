package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Admission;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.CertificateRequests;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.Claim;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.Defaults;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.EmptyFields;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.Names;
import dev.firedrill.harness.cluster.embedded.apiserver.admission.OmittedFields;
import dev.firedrill.harness.cluster.embedded.apiserver.apply.ManagedFields;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import dev.firedrill.harness.cluster.embedded.apiserver.validation.Validation;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The way of every change to the store: filled in, judged, recorded, and tried again if somebody was faster. */
public final class Writes {
    private static final int MOST_ATTEMPTS = 20;

    private final ObjectStore store;
    private final Admission admission;
    private final Clock clock;

    public Writes(ObjectStore store, Admission admission, Clock clock) {
        this.store = store;
        this.admission = admission;
        this.clock = clock;
    }

    /** Makes the next version of an object from a copy of the current one, which it may change. */
    public interface Change {
        ObjectNode apply(ObjectNode current);

        /** Whether it keeps the record of managed fields itself. */
        default boolean recordsItself() {
            return false;
        }
    }

    ObjectStore store() {
        return store;
    }

    Clock clock() {
        return clock;
    }

    Admission admission() {
        return admission;
    }

    /** The object, as it is. */
    StoredObject require(ResourceKind kind, String namespace, String name) {
        return store.get(kind, namespace, name).orElseThrow(() -> StatusException.notFound(kind, name));
    }

    /** Stores a new object. The tree is the caller's to give away. */
    public StoredObject create(ResourceKind kind, String namespace, ObjectNode object, Caller caller) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        String based = Json.textAt(metadata, "resourceVersion");
        identify(kind, namespace, metadata);
        String name = Json.textAt(metadata, "name");
        admission.checkNamespace(kind, namespace, name);
        if (kind.status()) {
            object.remove("status");
        }
        OmittedFields.dropZeros(kind, object);
        CertificateRequests.sign(kind, object, caller.user());
        Defaults.apply(kind, object);
        Validation.create(kind, object);
        OmittedFields.drop(kind, object);
        if (!Identity.isBlind(based) && !caller.dryRun()) {
            throw StatusException.mistaken("resourceVersion should not be set on objects to be created");
        }
        if (store.get(kind, namespace, name).isPresent()) {
            throw StatusException.alreadyExists(kind, name);
        }
        if (Json.arrayAt(metadata, "managedFields").isEmpty()) {
            ManagedFields.created(kind, object, caller.manager(), Moments.text(clock.instant()));
        }
        admission.created(kind, object);
        EmptyFields.show(kind, object);
        try {
            StoredObject stored = caller.dryRun() ? StoredObject.unstored(kind, object) : store.create(kind, object);
            if (caller.dryRun()) {
                admission.released(kind, object);
            }
            return stored;
        } catch (StatusException refused) {
            admission.released(kind, object);
            throw refused;
        }
    }

    private void identify(ResourceKind kind, String namespace, ObjectNode metadata) {
        String base = Json.textAt(metadata, "generateName");
        if (Json.textAt(metadata, "name").isEmpty() && !base.isEmpty()) {
            metadata.put("name", Names.generate(base));
        }
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
        metadata.remove("resourceVersion");
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        metadata.remove("selfLink");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Moments.text(clock.instant()));
        Generations.begin(kind, metadata);
    }

    /**
     * Changes an object.
     *
     * @throws StatusException 404, 409 if the change names a version that is not the current one, or what it throws
     */
    public StoredObject update(
            ResourceKind kind, String namespace, String name, Scope scope, Change change, Caller caller) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            StoredObject current = require(kind, namespace, name);
            Optional<StoredObject> written = attempt(kind, current, scope, change, caller);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw StatusException.stale(kind, name);
    }

    private Optional<StoredObject> attempt(
            ResourceKind kind, StoredObject current, Scope scope, Change change, Caller caller) {
        ObjectNode before = current.tree();
        ObjectNode after = change.apply(current.tree());
        Identity.check(kind, current, after);
        Parts.keepIdentity(before, after);
        Parts.restrict(kind, scope, before, after);
        OmittedFields.dropZeros(kind, after);
        ObjectNode said = Defaults.said(kind, after);
        Defaults.apply(kind, before, after);
        EmptyFields.show(kind, after);
        if (scope.ofStatus()) {
            CertificateRequests.keep(kind, before, after, scope == Scope.APPROVAL);
            CertificateRequests.date(kind, after, Moments.text(clock.instant()));
            Validation.status(kind, before, after, scope == Scope.APPROVAL);
        }
        if (scope != Scope.OBJECT) {
            return write(kind, current, scope, change, said, after, caller);
        }
        Validation.update(kind, before, after);
        try (Claim claim = admission.updated(kind, before, after)) {
            Optional<StoredObject> written = write(kind, current, scope, change, said, after, caller);
            if (written.isPresent() && !caller.dryRun()) {
                claim.keep();
            }
            return written;
        }
    }

    /** @param said what is changed by the author, not by the server */
    private Optional<StoredObject> write(
            ResourceKind kind,
            StoredObject current,
            Scope scope,
            Change change,
            ObjectNode said,
            ObjectNode after,
            Caller caller) {
        ObjectNode before = current.tree();
        OmittedFields.drop(kind, after);
        Generations.count(kind, scope, before, after);
        if (Parts.same(before, after)) {
            return Optional.of(current);
        }
        if (!change.recordsItself()) {
            String now = Moments.text(clock.instant());
            ManagedFields.updated(kind, before, said, caller.manager(), scope.subresource(), now);
            Parts.takeRecord(said, after);
        }
        if (caller.dryRun()) {
            return Optional.of(StoredObject.unstored(kind, after));
        }
        if (Finalization.isComplete(kind, after)) {
            Optional<StoredObject> removed = store.remove(kind, current, after);
            removed.ifPresent(last -> admission.released(kind, after));
            return removed;
        }
        return store.replace(kind, current, after);
    }
}
