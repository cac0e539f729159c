package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.RegistryAuthLocator;

/** The images that are loaded into a k3s, made for clusters that pull theirs from elsewhere. Needs a Docker engine. */
public final class ImageExport {
    private static final String TAG = "latest";

    private final DockerClient docker;
    private final EngineImages engine;
    private final List<ProgramImage> programs;
    private final Path archive;

    private ImageExport(DockerClient docker, EngineImages engine, List<ProgramImage> programs, Path archive) {
        this.docker = docker;
        this.engine = engine;
        this.programs = programs;
        this.archive = archive;
    }

    /**
     * Makes them, if they are not there from another time.
     *
     * @throws ConfigurationException if no engine answers, or the Java runtime's image cannot be had
     */
    public static ImageExport of(ClusterRequest request) {
        NodeImages images = NodeImages.ofEnvironment(System.getenv());
        DockerClient docker = Engine.connect().docker();
        EngineImages engine = new EngineImages(docker, request.progress());
        String java = engine.ensure(images.java(), NodeImages.JAVA_VARIABLE);
        List<ProgramImage> programs = K3sCluster.programs(request);
        Path archive = ArchiveCache.ofUser()
                .of(new ArchiveCache.Order(
                        programs, java, () -> docker.saveImageCmd(java).exec(), ClassData.NONE))
                .file();
        return new ImageExport(docker, engine, programs, archive);
    }

    /** The names of the images. */
    public List<String> names() {
        return programs.stream().map(ProgramImage::name).toList();
    }

    /**
     * Writes one archive of all, as {@code docker save} would.
     *
     * @throws ConfigurationException if the file cannot be written
     */
    public void writeTo(Path file) {
        try {
            Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfigurationException("--tar " + file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Pushes each to a registry, with the credentials that Docker has for it. The engine keeps no tag that it did not
     * have before.
     *
     * @param prefix registry and path, as in {@code registry.example/team}
     * @return for each image its name there
     * @throws ConfigurationException if the prefix is none, or the registry refuses
     */
    public Map<String, String> push(String prefix) {
        Map<String, String> pushed = new LinkedHashMap<>();
        List<String> added = new ArrayList<>();
        try (InputStream in = Files.newInputStream(archive)) {
            List<String> loaded = names().stream()
                    .map(name -> name + ":" + TAG)
                    .filter(name -> !engine.has(name))
                    .toList();
            docker.loadImageCmd(in).exec();
            added.addAll(loaded);
            for (String name : names()) {
                String there = prefix + "/" + name.replace('/', '-');
                DockerImageName.parse(there).assertValid();
                String tagged = there + ":" + TAG;
                boolean present = engine.has(tagged);
                docker.tagImageCmd(name + ":" + TAG, there, TAG).exec();
                if (!present) {
                    added.add(tagged);
                }
                push(DockerImageName.parse(tagged));
                pushed.put(name, tagged);
            }
            return pushed;
        } catch (IllegalArgumentException | DockerException e) {
            throw new ConfigurationException(
                    "--push " + prefix + ": " + EngineImages.inOneLine(e).replaceFirst("^Status 0: ", ""), e);
        } catch (IOException e) {
            throw new ProvisioningException("the images cannot be read: " + e.getMessage(), e);
        } finally {
            added.forEach(tag -> docker.removeImageCmd(tag).exec());
        }
    }

    private void push(DockerImageName image) {
        AuthConfig credentials = RegistryAuthLocator.instance().lookupAuthConfig(image, new AuthConfig());
        try {
            docker.pushImageCmd(image.asCanonicalNameString())
                    .withAuthConfig(credentials)
                    .exec(new ResultCallback.Adapter<PushResponseItem>() {
                        @Override
                        public void onNext(PushResponseItem item) {
                            if (item.isErrorIndicated() && item.getErrorDetail() != null) {
                                onError(new DockerException(
                                        String.valueOf(item.getErrorDetail().getMessage()), 0));
                            }
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while " + image + " was pushed", e);
        }
    }
}
