package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a workload says if its author says nothing.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/apps/v1/defaults.go} and {@code pkg/apis/batch/v1/defaults.go}.
 */
final class WorkloadDefaults {
    private WorkloadDefaults() {}

    static void deployment(ObjectNode spec) {
        Fill.number(spec, "replicas", 1);
        Fill.number(spec, "revisionHistoryLimit", 10);
        Fill.number(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Fill.object(spec, "strategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.textAt(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Fill.object(strategy, "rollingUpdate");
            rolling.putIfAbsent("maxUnavailable", Json.string("25%"));
            rolling.putIfAbsent("maxSurge", Json.string("25%"));
        }
        template(spec);
    }

    static void replicas(ObjectNode spec) {
        Fill.number(spec, "replicas", 1);
        template(spec);
    }

    static void statefulSet(ObjectNode spec) {
        Fill.number(spec, "replicas", 1);
        Fill.number(spec, "revisionHistoryLimit", 10);
        Fill.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Fill.object(spec, "updateStrategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.textAt(strategy, "type").equals("RollingUpdate")) {
            Fill.number(Fill.object(strategy, "rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = Fill.object(spec, "persistentVolumeClaimRetentionPolicy");
        Fill.text(retention, "whenDeleted", "Retain");
        Fill.text(retention, "whenScaled", "Retain");
        Fill.each(spec, "volumeClaimTemplates", StorageDefaults::embeddedClaim);
        template(spec);
    }

    static void daemonSet(ObjectNode spec) {
        Fill.number(spec, "revisionHistoryLimit", 10);
        ObjectNode strategy = Fill.object(spec, "updateStrategy");
        Fill.text(strategy, "type", "RollingUpdate");
        if (Json.textAt(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Fill.object(strategy, "rollingUpdate");
            Fill.number(rolling, "maxSurge", 0);
            Fill.number(rolling, "maxUnavailable", 1);
        }
        template(spec);
    }

    static void job(ObjectNode spec) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        Fill.number(spec, "parallelism", 1);
        Fill.number(spec, "backoffLimit", 6);
        Fill.text(spec, "completionMode", "NonIndexed");
        Fill.text(spec, "podReplacementPolicy", "TerminatingOrFailed");
        Fill.flag(spec, "suspend", false);
        Fill.flag(spec, "manualSelector", false);
        template(spec);
    }

    static void cronJob(ObjectNode spec) {
        Fill.text(spec, "concurrencyPolicy", "Allow");
        Fill.flag(spec, "suspend", false);
        Fill.number(spec, "successfulJobsHistoryLimit", 3);
        Fill.number(spec, "failedJobsHistoryLimit", 1);
        Fill.within(spec, "jobTemplate", job -> Fill.within(job, "spec", WorkloadDefaults::template));
    }

    static void template(ObjectNode spec) {
        Fill.within(spec, "template", template -> Fill.within(template, "spec", PodDefaults::spec));
    }
}
