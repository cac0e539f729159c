package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The images of the Docker engine. What is missing is pulled, with progress; a registry that does not answer is given
 * up soon, so that nobody waits for a network that is not there.
 */
final class EngineImages {
    /** The image that this Testcontainers asks for. */
    static final String CLEAN_UP = "testcontainers/ryuk:0.14.0";

    private static final String NO_CLEAN_UP = "TESTCONTAINERS_RYUK_DISABLED";
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final int REPORT_SECONDS = 2;
    private static final long MEGABYTE = 1_000_000;
    private static final Pattern ENGINE_MESSAGE = Pattern.compile("\\{\"message\":\"(.*)\"\\}");

    private final DockerClient docker;
    private final Consumer<String> progress;

    EngineImages(DockerClient docker, Consumer<String> progress) {
        this.docker = docker;
        this.progress = progress;
    }

    /**
     * The id of an image, which is pulled if it is not there.
     *
     * @param variable the environment variable that names another
     * @throws ConfigurationException if it can neither be found nor pulled
     */
    String ensure(String image, String variable) {
        try {
            DockerImageName.parse(image).assertValid();
            return idOf(image);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(variable + " names \"" + image + "\", which is no image's name", e);
        } catch (NotFoundException absent) {
            pull(image, variable);
            return idOf(image);
        }
    }

    /** Whether an image is in the engine. */
    boolean has(String image) {
        try {
            idOf(image);
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    /**
     * Makes sure of Ryuk, unless it is switched off: Testcontainers would wait for it as long as a registry takes.
     *
     * @throws ConfigurationException if it can neither be found nor pulled
     */
    void ensureCleanUp() {
        if (!Boolean.parseBoolean(System.getenv(NO_CLEAN_UP))) {
            DockerImageName image = ImageNameSubstitutor.instance().apply(DockerImageName.parse(CLEAN_UP));
            ensure(
                    image.asCanonicalNameString(),
                    "TESTCONTAINERS_RYUK_CONTAINER_IMAGE, or set " + NO_CLEAN_UP + "=true");
        }
    }

    private String idOf(String image) {
        String id = docker.inspectImageCmd(image).exec().getId();
        if (id == null) {
            throw new ProvisioningException("the Docker engine tells no id of image " + image);
        }
        return id;
    }

    private void pull(String image, String variable) {
        DockerImageName name = DockerImageName.parse(image);
        progress.accept("image " + image + " is not in the Docker engine: pulling it");
        try (Pull pull = new Pull()) {
            docker.pullImageCmd(name.getUnversionedPart())
                    .withTag(name.getVersionPart())
                    .exec(pull);
            while (!pull.awaitCompletion(REPORT_SECONDS, TimeUnit.SECONDS)) {
                pull.giveUpIfSilent();
                progress.accept("image " + image + ": " + pull);
            }
        } catch (DockerException | IOException e) {
            throw new ConfigurationException(
                    "image " + image + " is not in the Docker engine and cannot be pulled: " + inOneLine(e)
                            + "; load it, or name another in " + variable,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while image " + image + " was pulled", e);
        }
    }

    /** The engine's own words, without their wrapping. */
    static String inOneLine(Exception failure) {
        String text = String.valueOf(failure.getMessage());
        Matcher wrapped = ENGINE_MESSAGE.matcher(text);
        return (wrapped.find() ? wrapped.group(1).replace("\\\"", "\"") : text)
                .lines()
                .findFirst()
                .orElse("");
    }

    private static final class Pull extends ResultCallback.Adapter<PullResponseItem> {
        private final Map<String, ResponseItem.ProgressDetail> layers = new ConcurrentHashMap<>();
        private volatile boolean answered;
        private volatile long heard = System.nanoTime();

        @Override
        public void onNext(PullResponseItem item) {
            answered = true;
            heard = System.nanoTime();
            ResponseItem.ProgressDetail detail = item.getProgressDetail();
            if (item.getId() != null && detail != null && detail.getTotal() != null && detail.getCurrent() != null) {
                layers.put(item.getId(), detail);
            }
            if (item.isErrorIndicated()) {
                onError(new DockerException(
                        item.getErrorDetail() == null
                                ? "refused"
                                : String.valueOf(item.getErrorDetail().getMessage()),
                        0));
            }
        }

        void giveUpIfSilent() throws IOException {
            Duration silent = Duration.ofNanos(System.nanoTime() - heard);
            Duration patience = answered ? STALL : SILENCE;
            if (silent.compareTo(patience) >= 0) {
                throw new IOException("the registry did not answer within " + patience.toSeconds() + " s");
            }
        }

        @Override
        public String toString() {
            long done = layers.values().stream()
                    .mapToLong(ResponseItem.ProgressDetail::getCurrent)
                    .sum();
            long all = layers.values().stream()
                    .mapToLong(ResponseItem.ProgressDetail::getTotal)
                    .sum();
            return answered ? done / MEGABYTE + " of " + all / MEGABYTE + " MB" : "no answer yet";
        }
    }
}
