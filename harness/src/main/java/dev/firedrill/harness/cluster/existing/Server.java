package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An API server that was not started here: whether it answers, and is new enough. */
final class Server {
    private static final int MAJOR = 1;
    private static final int LEAST_MINOR = 28;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Pattern NUMBER = Pattern.compile("v?(\\d+)\\.(\\d+).*");

    private Server() {}

    /** A client that does not try again, so that what is wrong is told at once. */
    static KubernetesClient impatient(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .withConnectionTimeout(PATIENCE_MILLIS)
                        .withRequestTimeout(PATIENCE_MILLIS)
                        .build())
                .build();
    }

    /**
     * The server's version.
     *
     * @throws ConfigurationException if it cannot be reached, does not accept the credentials, or is too old
     */
    static String version(KubernetesClient client, String context) {
        String at = "the API server of context " + context + ", " + client.getMasterUrl() + ",";
        VersionInfo info;
        try {
            info = client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(at + " cannot be asked: " + ApiTrouble.inOneLine(e), e);
        }
        String version = info == null ? "" : String.valueOf(info.getGitVersion());
        Matcher number = NUMBER.matcher(version);
        if (!number.matches()) {
            throw new ConfigurationException(at + " tells no version of Kubernetes");
        }
        int major = Integer.parseInt(number.group(1));
        int minor = Integer.parseInt(number.group(2));
        if (major < MAJOR || (major == MAJOR && minor < LEAST_MINOR)) {
            throw new ConfigurationException(
                    at + " is too old: " + version + "; needed: " + MAJOR + "." + LEAST_MINOR + " or later");
        }
        return version;
    }
}
