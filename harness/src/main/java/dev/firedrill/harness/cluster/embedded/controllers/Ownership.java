package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who controls whom: the owner reference with {@code controller: true}, of which an object has one at most. */
final class Ownership {
    private Ownership() {}

    static Optional<OwnerReference> controllerOf(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    static boolean controls(HasMetadata controller, HasMetadata object) {
        return controllerOf(object)
                .filter(owner ->
                        Objects.equals(owner.getUid(), controller.getMetadata().getUid()))
                .isPresent();
    }

    static OwnerReference referenceTo(HasMetadata controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion(controller.getApiVersion())
                .withKind(controller.getKind())
                .withName(controller.getMetadata().getName())
                .withUid(controller.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** Takes a changed object to the API and gives back what became of it. */
    @FunctionalInterface
    interface Store<T> {
        T write(T changed);
    }

    /** What a controller does about an object that its selector may or may not match. */
    enum Claim {
        MINE,
        ADOPT,
        RELEASE,
        NOT_MINE
    }

    static Claim claim(HasMetadata controller, LabelSelector selector, HasMetadata object) {
        boolean matches = Selectors.matches(selector, object.getMetadata().getLabels());
        boolean controllerLeaves = controller.getMetadata().getDeletionTimestamp() != null;
        if (controls(controller, object)) {
            if (matches) {
                return Claim.MINE;
            }
            return controllerLeaves ? Claim.NOT_MINE : Claim.RELEASE;
        }
        boolean orphan = controllerOf(object).isEmpty();
        boolean objectLeaves = object.getMetadata().getDeletionTimestamp() != null;
        return orphan && matches && !controllerLeaves && !objectLeaves ? Claim.ADOPT : Claim.NOT_MINE;
    }

    /**
     * The objects that belong to a controller, after adopting orphans that match and releasing what matches no longer.
     *
     * @param store takes changed objects
     */
    static <T extends HasMetadata> List<T> claimAll(
            HasMetadata controller, LabelSelector selector, Collection<T> candidates, Store<T> store) {
        List<T> mine = new ArrayList<>();
        for (T object : candidates) {
            switch (claim(controller, selector, object)) {
                case MINE -> mine.add(object);
                case ADOPT -> mine.add(store.write(withOwner(object, controller)));
                case RELEASE ->
                    store.write(withoutOwner(object, controller.getMetadata().getUid()));
                case NOT_MINE -> {}
            }
        }
        return mine;
    }

    private static <T extends HasMetadata> T withOwner(T object, HasMetadata controller) {
        List<OwnerReference> owners = new ArrayList<>(object.getMetadata().getOwnerReferences());
        owners.add(referenceTo(controller));
        return withOwners(object, owners);
    }

    static <T extends HasMetadata> T withoutOwner(T object, String uid) {
        return withOwners(
                object,
                object.getMetadata().getOwnerReferences().stream()
                        .filter(owner -> !owner.getUid().equals(uid))
                        .toList());
    }

    private static <T extends HasMetadata> T withOwners(T object, List<OwnerReference> owners) {
        T copy = Copies.of(object);
        ObjectMeta metadata = copy.getMetadata();
        metadata.setOwnerReferences(new ArrayList<>(owners));
        return copy;
    }
}
