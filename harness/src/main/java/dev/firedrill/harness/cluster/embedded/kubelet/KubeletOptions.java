package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Kubelet} is told at its start.
 *
 * @param run the run's name, which the marks of all its processes start with; letters and digits
 * @param nodeName the name of its Node
 * @param addressPrefix the claimed loopback block, such as {@code 127.9}
 * @param directory where pods' directories go; it exists
 * @param hostsDirectory where the hosts file of each namespace lies
 * @param apiServer where pods reach the API server
 * @param logToken the bearer token for reading logs
 * @param images the programs that pods can run
 * @param classPaths how Java programs get their classes
 * @param backOffBase the first wait of a container that keeps failing; Kubernetes: 10 s
 * @param backOffMax the longest such wait; Kubernetes: 5 min
 */
public record KubeletOptions(
        String run,
        String nodeName,
        String addressPrefix,
        Path directory,
        Path hostsDirectory,
        URI apiServer,
        String logToken,
        List<ProgramImage> images,
        ClassPathOptions classPaths,
        Duration backOffBase,
        Duration backOffMax) {

    /** Kubernetes' own first wait before a restart. */
    public static final Duration BACK_OFF_BASE = Duration.ofSeconds(10);

    /** Kubernetes' own longest wait before a restart. */
    public static final Duration BACK_OFF_MAX = Duration.ofMinutes(5);

    public KubeletOptions {
        images = List.copyOf(images);
    }

    /** The node's own address, on which logs are served. */
    public String nodeAddress() {
        return addressPrefix + ".0.1";
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options; only the back-off and the class paths have defaults. */
    public static final class Builder {
        private @Nullable String run;
        private @Nullable String nodeName;
        private @Nullable String addressPrefix;
        private @Nullable Path directory;
        private @Nullable Path hostsDirectory;
        private @Nullable URI apiServer;
        private @Nullable String logToken;
        private List<ProgramImage> images = List.of();
        private ClassPathOptions classPaths = ClassPathOptions.plain();
        private Duration backOffBase = BACK_OFF_BASE;
        private Duration backOffMax = BACK_OFF_MAX;

        private Builder() {}

        public Builder run(String value) {
            run = value;
            return this;
        }

        public Builder nodeName(String value) {
            nodeName = value;
            return this;
        }

        public Builder addressPrefix(String value) {
            addressPrefix = value;
            return this;
        }

        public Builder directory(Path value) {
            directory = value;
            return this;
        }

        public Builder hostsDirectory(Path value) {
            hostsDirectory = value;
            return this;
        }

        public Builder apiServer(URI value) {
            apiServer = value;
            return this;
        }

        public Builder logToken(String value) {
            logToken = value;
            return this;
        }

        public Builder images(List<ProgramImage> value) {
            images = value;
            return this;
        }

        public Builder classPaths(ClassPathOptions value) {
            classPaths = value;
            return this;
        }

        public Builder backOff(Duration base, Duration max) {
            backOffBase = base;
            backOffMax = max;
            return this;
        }

        /**
         * The options.
         *
         * @throws NullPointerException naming what is missing
         */
        public KubeletOptions build() {
            return new KubeletOptions(
                    Objects.requireNonNull(run, "run"),
                    Objects.requireNonNull(nodeName, "nodeName"),
                    Objects.requireNonNull(addressPrefix, "addressPrefix"),
                    Objects.requireNonNull(directory, "directory"),
                    Objects.requireNonNull(hostsDirectory, "hostsDirectory"),
                    Objects.requireNonNull(apiServer, "apiServer"),
                    Objects.requireNonNull(logToken, "logToken"),
                    images,
                    classPaths,
                    backOffBase,
                    backOffMax);
        }
    }
}
