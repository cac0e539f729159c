package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Option;

/**
 * The flags that name a cluster which another process holds. It is never guessed from the environment, and only
 * namespaces that are labelled for drills are touched.
 */
final class HeldCluster {
    private static final String ALLOWED = "firedrill.dev/allowed";

    @Option(
            names = "--kubeconfig",
            required = true,
            paramLabel = "FILE",
            description =
                    "The kubeconfig of the cluster; firedrill up prints it. It is never taken from the environment.")
    private Path kubeconfig = Path.of("");

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig. Default: its current one.")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace; it must be labelled " + ALLOWED
                    + "=true. Default: the only one that is, or for heal all that are.")
    private @Nullable String namespace;

    /** A client of it. */
    KubernetesClient client() {
        String text = read();
        check(text);
        Config config = context == null
                ? Config.fromKubeconfig(kubeconfig.toFile())
                : Config.fromKubeconfig(context, kubeconfig.toFile());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private String read() {
        try {
            return Files.readString(kubeconfig);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("--kubeconfig " + kubeconfig + ": cannot be read (no such file)", e);
        } catch (AccessDeniedException e) {
            throw new ConfigurationException("--kubeconfig " + kubeconfig + ": cannot be read (access denied)", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(kubeconfig) ? "it is a directory" : "it is not text in UTF-8";
            throw new ConfigurationException("--kubeconfig " + kubeconfig + ": cannot be read (" + reason + ")", e);
        }
    }

    private void check(String text) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new ConfigurationException("--kubeconfig " + kubeconfig + ": is not YAML", e);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("contexts") instanceof List<?> contexts)) {
            throw new ConfigurationException("--kubeconfig " + kubeconfig + ": is no kubeconfig: it has no contexts");
        }
        List<String> names = contexts.stream()
                .map(each -> each instanceof Map<?, ?> one ? String.valueOf(one.get("name")) : "")
                .toList();
        if (context != null && !names.contains(context)) {
            throw new ConfigurationException("--context \"" + context + "\" is not in " + kubeconfig + "; allowed: "
                    + String.join(", ", names) + Spelling.guess(context, names));
        }
    }

    /** The namespace to work in: the one that was named, or the only one that is labelled for drills. */
    String namespace(KubernetesClient client) {
        List<String> allowed = namespaces(client);
        if (allowed.size() == 1) {
            return allowed.get(0);
        }
        throw new ConfigurationException(
                allowed.isEmpty()
                        ? "no namespace of " + client.getMasterUrl() + " is labelled " + ALLOWED + "=true"
                        : "several namespaces can be drilled; give one of them: --namespace "
                                + String.join(" or ", allowed));
    }

    /** The namespaces to look into: the one that was named, or all that are labelled for drills. */
    List<String> namespaces(KubernetesClient client) {
        try {
            return namespace == null
                    ? client.namespaces().withLabel(ALLOWED, "true").list().getItems().stream()
                            .map(each -> each.getMetadata().getName())
                            .toList()
                    : List.of(allowed(client, namespace));
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(
                    "the cluster at " + client.getMasterUrl() + " cannot be asked: " + reason(e)
                            + "; does it run, and is --kubeconfig its own?",
                    e);
        }
    }

    private static String reason(KubernetesClientException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String allowed(KubernetesClient client, String name) {
        Optional<Namespace> found =
                Optional.ofNullable(client.namespaces().withName(name).get());
        boolean labelled = found.map(each -> each.getMetadata().getLabels())
                .filter(labels -> "true".equals(labels.get(ALLOWED)))
                .isPresent();
        if (name.startsWith("kube-") || !labelled) {
            throw new ConfigurationException("--namespace " + name
                    + (found.isEmpty()
                            ? " is not there"
                            : " is not labelled " + ALLOWED + "=true, so nothing in it is touched"));
        }
        return name;
    }
}
