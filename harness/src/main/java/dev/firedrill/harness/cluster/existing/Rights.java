package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Permissions;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether this user has in a namespace what the shipped Role gives. */
final class Rights {
    private static final int SHOWN = 5;

    private Rights() {}

    /** @throws ConfigurationException if something is missing; it names what */
    static void check(KubernetesClient client, String context, String namespace) {
        List<String> missing;
        try {
            missing = missing(Permissions.in(client, namespace), namespace);
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(
                    "the rights of context " + context + " cannot be asked for: " + ApiTrouble.inOneLine(e), e);
        }
        if (!missing.isEmpty()) {
            throw new ConfigurationException("the user of context " + context + " may not do in namespace " + namespace
                    + " what drills need: "
                    + missing.stream().limit(SHOWN).collect(Collectors.joining("; "))
                    + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "")
                    + "; the Role that is enough: firedrill role " + namespace);
        }
    }

    private static List<String> missing(Permissions permissions, String namespace) {
        List<String> missing = new ArrayList<>();
        for (DrillRole.Rule rule : DrillRole.in(namespace).rules()) {
            String name = rule.names().isEmpty() ? null : rule.names().get(0);
            for (String group : rule.groups()) {
                for (String resource : rule.resources()) {
                    List<String> verbs = rule.verbs().stream()
                            .filter(verb -> !permissions.allow(group, resource, verb, name))
                            .toList();
                    if (!verbs.isEmpty()) {
                        missing.add(resource + (group.isEmpty() ? "" : "." + group) + ": " + String.join(", ", verbs));
                    }
                }
            }
        }
        return missing;
    }
}
