package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A pod's state in one line: how many containers are ready, in a word what it does, how often it was restarted.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/printers/internalversion/printers.go}, {@code printPod}.
 */
record PodState(String ready, String status, String restarts) {
    private static final String GATED = "SchedulingGated";

    static PodState of(JsonNode pod, Ages ages) {
        JsonNode status = pod.path("status");
        int total = Json.arrayAt(pod, "spec", "containers").size();
        String reason = Json.textAt(status, "reason");
        if (reason.isEmpty()) {
            reason = isGated(status) ? GATED : Json.textAt(status, "phase");
        }
        String initializing = initializing(pod);
        ArrayNode containers = Json.arrayAt(status, "containerStatuses");
        if (initializing.isEmpty()) {
            reason = containersReason(containers, reason, isReady(status));
        } else {
            reason = initializing;
        }
        String phase = Json.textAt(status, "phase");
        boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
        if (!Json.textAt(pod, "metadata", "deletionTimestamp").isEmpty() && !ended) {
            reason = "Terminating";
        }
        return new PodState(readyCount(containers) + "/" + total, reason, restarts(containers, ages));
    }

    private static String initializing(JsonNode pod) {
        ArrayNode statuses = Json.arrayAt(pod, "status", "initContainerStatuses");
        int total = Json.arrayAt(pod, "spec", "initContainers").size();
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode state = statuses.get(i).path("state");
            JsonNode ended = state.path("terminated");
            if (ended.isObject() && Json.longAt(ended, 0, "exitCode") == 0) {
                continue;
            }
            if (ended.isObject()) {
                return "Init:" + ending(ended);
            }
            String waiting = Json.textAt(state, "waiting", "reason");
            boolean plain = waiting.isEmpty() || waiting.equals("PodInitializing");
            return plain ? "Init:" + i + "/" + total : "Init:" + waiting;
        }
        return "";
    }

    private static String containersReason(ArrayNode containers, String phase, boolean ready) {
        String reason = phase;
        boolean running = false;
        for (int i = containers.size() - 1; i >= 0; i--) {
            JsonNode container = containers.get(i);
            JsonNode state = container.path("state");
            String waiting = Json.textAt(state, "waiting", "reason");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (state.path("terminated").isObject()) {
                reason = ending(state.path("terminated"));
            } else if (container.path("ready").asBoolean(false)
                    && state.path("running").isObject()) {
                running = true;
            }
        }
        if (reason.equals("Completed") && running) {
            return ready ? "Running" : "NotReady";
        }
        return reason;
    }

    private static String ending(JsonNode terminated) {
        String reason = Json.textAt(terminated, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        long signal = Json.longAt(terminated, 0, "signal");
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + Json.longAt(terminated, 0, "exitCode");
    }

    private static boolean isReady(JsonNode status) {
        for (JsonNode condition : Json.arrayAt(status, "conditions")) {
            if (Json.textAt(condition, "type").equals("Ready")) {
                return Json.textAt(condition, "status").equals("True");
            }
        }
        return false;
    }

    private static int readyCount(ArrayNode containers) {
        int ready = 0;
        for (JsonNode container : containers) {
            boolean running = container.path("state").path("running").isObject();
            ready += running && container.path("ready").asBoolean(false) ? 1 : 0;
        }
        return ready;
    }

    private static String restarts(ArrayNode containers, Ages ages) {
        long restarts = 0;
        String last = "";
        for (JsonNode container : containers) {
            restarts += Json.longAt(container, 0, "restartCount");
            String ended = Json.textAt(container, "lastState", "terminated", "finishedAt");
            last = ended.compareTo(last) > 0 ? ended : last;
        }
        return restarts == 0 || last.isEmpty() ? "" + restarts : restarts + " (" + ages.since(last) + " ago)";
    }

    /** Whether it waits for somebody who holds its scheduling back. */
    private static boolean isGated(JsonNode status) {
        return status.path("conditions")
                .valueStream()
                .anyMatch(condition -> Json.textAt(condition, "type").equals("PodScheduled")
                        && Json.textAt(condition, "reason").equals(GATED));
    }
}
