package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The labels by which a Job knows its pods, unless it selects them itself.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/registry/batch/job/strategy.go}.
 */
final class JobSelector {
    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
    private static final String NAME_LABEL = "batch.kubernetes.io/job-name";

    private JobSelector() {}

    static void generate(ObjectNode job) {
        ObjectNode spec = Fill.object(job, "spec");
        if (spec.path("manualSelector").asBoolean(false)) {
            return;
        }
        String uid = Json.textAt(job, "metadata", "uid");
        String name = Json.textAt(job, "metadata", "name");
        ObjectNode template = Fill.object(spec, "template");
        ObjectNode labels = Fill.object(Fill.object(template, "metadata"), "labels");
        Fill.text(labels, UID_LABEL, uid);
        Fill.text(labels, "controller-uid", uid);
        Fill.text(labels, NAME_LABEL, name);
        Fill.text(labels, "job-name", name);
        if (!spec.has("selector")) {
            spec.putObject("selector").putObject("matchLabels").put(UID_LABEL, uid);
        }
        Fill.labels(job, labels);
    }
}
