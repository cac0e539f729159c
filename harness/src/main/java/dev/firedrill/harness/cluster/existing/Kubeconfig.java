package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A kubeconfig that was named, or, for the kind existing alone, the user's own. Read completely before anything is
 * connected to, so that what is wrong with it is said in one line.
 *
 * <p>Source: Kubernetes, "Organizing Cluster Access Using kubeconfig Files".
 */
public final class Kubeconfig {
    private static final String VARIABLE = "KUBECONFIG";

    private final String origin;
    private final Path file;
    private final Map<?, ?> root;

    private Kubeconfig(String origin, Path file) {
        this.origin = origin;
        this.file = file;
        this.root = parsed(origin, read(origin, file));
    }

    /**
     * The one of a file that was named.
     *
     * @throws ConfigurationException if it cannot be read, or is none
     */
    public static Kubeconfig named(Path file) {
        return new Kubeconfig("--kubeconfig " + file, file);
    }

    /**
     * The one that was named, else the user's own: the first file of {@code KUBECONFIG} that has the context, else
     * {@code ~/.kube/config}.
     *
     * @throws ConfigurationException if it cannot be read, or is none
     */
    static Kubeconfig of(ExistingTarget target, Map<String, String> environment, Path home) {
        Optional<Path> given = target.kubeconfig();
        if (given.isPresent()) {
            return named(given.get());
        }
        String listed = environment.getOrDefault(VARIABLE, "").strip();
        if (listed.isEmpty()) {
            Path file = home.resolve(".kube").resolve("config");
            return new Kubeconfig("kubeconfig " + file, file);
        }
        List<Kubeconfig> all = Stream.of(listed.split(File.pathSeparator, -1))
                .filter(name -> !name.isBlank())
                .map(name -> new Kubeconfig(VARIABLE + "=" + name, Path.of(name)))
                .toList();
        String context = target.context().orElse("");
        return all.stream()
                .filter(each -> each.contexts().contains(context))
                .findFirst()
                .orElse(all.get(0));
    }

    /** Where it lies. */
    Path file() {
        return file;
    }

    private static String read(String origin, Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(origin + ": cannot be read (no such file)", e);
        } catch (AccessDeniedException e) {
            throw new ConfigurationException(origin + ": cannot be read (access denied)", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a directory" : "it is not text in UTF-8";
            throw new ConfigurationException(origin + ": cannot be read (" + reason + ")", e);
        }
    }

    private static Map<?, ?> parsed(String origin, String text) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
            if (root instanceof Map<?, ?> map && map.get("contexts") instanceof List<?>) {
                return map;
            }
        } catch (YamlEngineException e) {
            throw new ConfigurationException(origin + ": is not YAML", e);
        }
        throw new ConfigurationException(origin + ": is no kubeconfig: it has no contexts");
    }

    /** The names of its contexts. */
    List<String> contexts() {
        return names("contexts");
    }

    /** Its current context; empty where it has none. */
    public Optional<String> currentContext() {
        return root.get("current-context") instanceof String name && !name.isBlank()
                ? Optional.of(name)
                : Optional.empty();
    }

    /**
     * The settings of a client, from one context and nothing else: not from variables, nor from other files.
     *
     * @throws ConfigurationException if there is no such context, or it is not complete
     */
    public Config config(String context) {
        if (!contexts().contains(context)) {
            throw new ConfigurationException("--context \"" + context + "\" is not in " + file + "; allowed: "
                    + String.join(", ", contexts()) + Spelling.guess(context, contexts()));
        }
        if (text(entry("clusters", clusterOf(context), "cluster"), "server").isEmpty()) {
            throw incomplete(context, "cluster \"" + clusterOf(context) + "\"", "has no server");
        }
        String user = text(entry("contexts", context, "context"), "user");
        if (!user.isEmpty() && !names("users").contains(user)) {
            throw incomplete(context, "user \"" + user + "\"", "is not in it");
        }
        try {
            Config config = Config.fromKubeconfig(context, file.toFile());
            String tokenFile = text(entry("users", user, "user"), "tokenFile");
            if (!tokenFile.isEmpty()) {
                Path path = file.toAbsolutePath().resolveSibling(tokenFile);
                token(context, path); // so that one that is not there is told before anything is asked
                config.setOauthTokenProvider(() -> token(context, path));
            }
            return config;
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new ConfigurationException(origin + ": context \"" + context + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Read for each request, since whoever renews it writes the file anew; it goes before a token of the kubeconfig.
     */
    private String token(String context, Path path) {
        return read(origin + ": the tokenFile of context \"" + context + "\", " + path, path)
                .strip();
    }

    private ConfigurationException incomplete(String context, String part, String trouble) {
        return new ConfigurationException(origin + ": " + part + " of context \"" + context + "\" " + trouble
                + "; make one file of several with: kubectl config view --flatten");
    }

    /** The name of the cluster that a context leads to. */
    String clusterOf(String context) {
        return text(entry("contexts", context, "context"), "cluster");
    }

    private List<String> names(String list) {
        return items(list).stream().map(each -> text(each, "name")).toList();
    }

    private Map<?, ?> entry(String list, String name, String content) {
        return items(list).stream()
                .filter(each -> text(each, "name").equals(name))
                .map(each -> each.get(content))
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(Map.class::cast)
                .findFirst()
                .orElse(Map.of());
    }

    private List<Map<?, ?>> items(String list) {
        return root.get(list) instanceof List<?> items
                ? items.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(Map.class::cast)
                        .toList()
                : List.of();
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String value ? value : "";
    }
}
