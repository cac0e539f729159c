package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.util.List;

/**
 * How two versions of a list become one.
 *
 * @param shape for server-side apply
 * @param keys the fields that tell items of a {@link Shape#MAP} apart
 * @param patchKey the field by which a strategic merge patch finds an item; empty: the list is replaced, or, where
 *     {@code patchMerge} is set, is a set of scalars
 * @param patchMerge a strategic merge patch merges the list
 * @param retainKeys a strategic merge patch may name the only fields that stay in an item
 */
public record MergeRule(Shape shape, List<String> keys, String patchKey, boolean patchMerge, boolean retainKeys) {
    /** What nobody says otherwise of: the list is replaced. */
    public static final MergeRule ATOMIC = new MergeRule(Shape.ATOMIC, List.of(), "", false, false);

    public MergeRule {
        keys = List.copyOf(keys);
    }

    /** What identifies an item of a list. */
    public enum Shape {
        /** Nothing: the list is one value. */
        ATOMIC,
        /** The item itself. */
        SET,
        /** Some of the item's fields. */
        MAP
    }

    /** A list of objects that are told apart by these fields; a patch uses the first of them. */
    static MergeRule map(String... keys) {
        return new MergeRule(Shape.MAP, List.of(keys), keys[0], true, false);
    }

    /** A list of distinct scalars. */
    static MergeRule set() {
        return new MergeRule(Shape.SET, List.of(), "", true, false);
    }

    /** The same, with {@code retainKeys}. */
    MergeRule retaining() {
        return new MergeRule(shape, keys, patchKey, patchMerge, true);
    }

    /** The same for strategic merge patches, atomic for server-side apply. */
    MergeRule onlyForPatches() {
        return new MergeRule(Shape.ATOMIC, List.of(), patchKey, patchMerge, retainKeys);
    }

    /** The same for server-side apply, replaced by strategic merge patches. */
    MergeRule onlyForApply() {
        return new MergeRule(shape, keys, "", false, false);
    }
}
