package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Tells pod templates apart, and marks the pods of each with a hash of it. */
final class PodTemplates {
    static final String HASH = "pod-template-hash";

    /** Without vowels and what looks like them: no bad words, no names that read as numbers. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private PodTemplates() {}

    /** Whether two templates make the same pods; their hash labels do not count. */
    static boolean same(PodTemplateSpec one, PodTemplateSpec other) {
        return withoutHash(one).equals(withoutHash(other));
    }

    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(HASH)
                .endMetadata()
                .build();
    }

    /**
     * A short text that stands for a template.
     *
     * @param collisions how often another template had the same hash
     */
    static String hash(PodTemplateSpec template, @Nullable Integer collisions, KubernetesSerialization json) {
        CRC32 sum = new CRC32();
        sum.update(json.asJson(withoutHash(template)).getBytes(StandardCharsets.UTF_8));
        if (collisions != null) {
            sum.update(collisions.toString().getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder text = new StringBuilder();
        for (char digit : Long.toString(sum.getValue()).toCharArray()) {
            text.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return text.toString();
    }

    static PodTemplateSpec withHash(PodTemplateSpec template, String hash) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToLabels(HASH, hash)
                .endMetadata()
                .build();
    }

    static LabelSelector withHash(LabelSelector selector, String hash) {
        return new LabelSelectorBuilder(selector).addToMatchLabels(HASH, hash).build();
    }
}
