package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is never drilled on a cluster that somebody else lives on.
 *
 * @param denied names of contexts and clusters, with {@code *} for anything; case does not matter
 * @param mostPods how many pods one fault may touch
 */
public record Guards(List<String> denied, int mostPods) {
    /** The system property with more names that are denied, with commas between. */
    public static final String DENIED = "firedrill.denied.contexts";

    /** The system property that says how many pods one fault may touch. */
    public static final String MOST_PODS = "firedrill.max.pods";

    private static final List<String> ALWAYS_DENIED = List.of("*prod*");
    private static final int FEW = 10;

    public Guards {
        denied = List.copyOf(denied);
    }

    /**
     * What is always denied, and what the system properties add.
     *
     * @throws ConfigurationException if the number of pods is none
     */
    public static Guards ofProperties() {
        List<String> denied = new ArrayList<>(ALWAYS_DENIED);
        for (String more : System.getProperty(DENIED, "").split(",", -1)) {
            if (!more.isBlank()) {
                denied.add(more.strip());
            }
        }
        String most = System.getProperty(MOST_PODS, String.valueOf(FEW));
        if (!most.matches("[1-9][0-9]{0,5}")) {
            throw new ConfigurationException(
                    "-D" + MOST_PODS + " must be a whole number from 1 to 999999, not \"" + most + "\"");
        }
        return new Guards(denied, Integer.parseInt(most));
    }

    /** What faults must heed behind these guards. */
    public Safeguards safeguards() {
        return new Safeguards(mostPods, true, false);
    }

    /**
     * Refuses a context that may not be drilled, by its own name or by that of its cluster.
     *
     * @throws ConfigurationException if one of them matches the deny-list
     */
    public void checkContext(Kubeconfig kubeconfig, String context) {
        for (String pattern : denied) {
            for (String name : List.of(context, kubeconfig.clusterOf(context))) {
                if (matches(pattern, name)) {
                    throw new ConfigurationException("--context " + context
                            + " is never drilled: "
                            + (name.equals(context) ? "its name" : "its cluster \"" + name + "\"")
                            + " matches \"" + pattern + "\" of the deny-list");
                }
            }
        }
    }

    private static boolean matches(String pattern, String name) {
        String expression = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
        return name.toLowerCase(Locale.ROOT).matches("(?s)" + expression);
    }

    /**
     * Refuses a namespace that may not be drilled.
     *
     * @throws ConfigurationException if it is not there, not labelled, ending, or one of the cluster's own
     */
    public static void checkNamespace(KubernetesClient client, String name) {
        if (isOfTheCluster(name)) {
            throw new ConfigurationException(
                    "--namespace " + name + " is never drilled; make one for drills: " + making("NAME"));
        }
        Namespace found = read(client, name);
        if (found == null) {
            throw new ConfigurationException("--namespace " + name + " is not there; make it: " + making(name));
        }
        Map<String, String> labels = found.getMetadata().getLabels();
        if (labels == null || !"true".equals(labels.get(Ground.ALLOWED))) {
            throw new ConfigurationException("--namespace " + name + " is not labelled " + Ground.ALLOWED
                    + "=true, so nothing in it is touched; if it is for drills: kubectl label namespace " + name + " "
                    + Ground.ALLOWED + "=true");
        }
        if (found.isMarkedForDeletion()) {
            throw new ConfigurationException("--namespace " + name + " is being deleted");
        }
    }

    /** Whether a namespace is one that every cluster has. */
    public static boolean isOfTheCluster(String name) {
        return name.startsWith("kube-") || name.equals("default");
    }

    private static Namespace read(KubernetesClient client, String name) {
        try {
            return client.namespaces().withName(name).get();
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(
                    "--namespace " + name + " cannot be looked at: " + ApiTrouble.inOneLine(e)
                            + "; give this user the Role of docs/clusters.md there",
                    e);
        }
    }

    private static String making(String name) {
        return "kubectl create namespace " + name + " && kubectl label namespace " + name + " " + Ground.ALLOWED
                + "=true";
    }
}
