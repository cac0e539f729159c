package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a pod that its own programs may read, through environment variables and volumes.
 *
 * <p>Source: Kubernetes, "Downward API".
 */
final class DownwardFields {
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    private DownwardFields() {}

    /**
     * A field's value, empty text where it has none.
     *
     * @param podIp the pod's address, which its object may not have yet
     * @throws IllegalArgumentException if there is no such field
     */
    static String resolve(Pod pod, String fieldPath, String podIp, String hostIp) {
        return switch (fieldPath) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels" -> lines(pod.getMetadata().getLabels());
            case "metadata.annotations" -> lines(pod.getMetadata().getAnnotations());
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" ->
                Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            default -> keyed(pod, fieldPath);
        };
    }

    private static String keyed(Pod pod, String fieldPath) {
        Matcher matcher = KEYED.matcher(fieldPath);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unsupported fieldPath: " + fieldPath);
        }
        Map<String, String> map = matcher.group(1).equals("labels")
                ? pod.getMetadata().getLabels()
                : pod.getMetadata().getAnnotations();
        return map == null ? "" : map.getOrDefault(matcher.group(2), "");
    }

    private static String lines(Map<String, String> map) {
        return map == null
                ? ""
                : new TreeMap<>(map)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=\"" + escaped(entry.getValue()) + "\"")
                                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
