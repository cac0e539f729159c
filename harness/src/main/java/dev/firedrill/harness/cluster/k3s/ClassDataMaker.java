package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Has the Java of an image make archives of class data, in a container of the image: no other Java could read them.
 *
 * <p>Source: java(1), {@code -Xshare:dump}, {@code -XX:SharedClassListFile}.
 */
final class ClassDataMaker implements ClassData.Maker {
    private static final int PATIENCE_SECONDS = 120;
    private static final String LIST = "classes.list";
    private static final String ARCHIVE = "classes.archive";
    private static final String PLACE = "/tmp";

    private final DockerClient docker;
    private final Map<String, String> labels;
    private final OneOffContainers containers;

    /**
     * A maker.
     *
     * @param labels by which what is left of a dead run is found
     * @param containers whose end is that of what is made
     */
    ClassDataMaker(DockerClient docker, Map<String, String> labels, OneOffContainers containers) {
        this.docker = docker;
        this.labels = labels;
        this.containers = containers;
    }

    @Override
    public void make(String base, List<Path> layers, List<String> jars, Set<String> classes, Path target)
            throws IOException {
        try {
            String container = containers.create(docker, dump(base, jars));
            try {
                make(container, layers, classes, target);
            } finally {
                containers.remove(container);
            }
        } catch (DockerException | DockerClientException e) {
            containers.demandOpen();
            throw new IOException(EngineImages.inOneLine(e), e);
        } catch (IOException e) {
            containers.demandOpen();
            throw e;
        }
    }

    private CreateContainerCmd dump(String base, List<String> jars) {
        return docker.createContainerCmd(base)
                .withLabels(labels)
                .withEntrypoint("java")
                .withUser("0")
                .withCmd(
                        "-Xshare:dump",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Xlog:disable",
                        "-XX:SharedClassListFile=" + PLACE + "/" + LIST,
                        "-XX:SharedArchiveFile=" + PLACE + "/" + ARCHIVE,
                        "-cp",
                        String.join(":", jars));
    }

    private void make(String container, List<Path> layers, Set<String> classes, Path target) throws IOException {
        for (Path layer : layers) {
            try (InputStream files = Files.newInputStream(layer)) {
                copy(container, files, "/");
            }
        }
        copy(container, new ByteArrayInputStream(list(classes)), PLACE);
        docker.startContainerCmd(container).exec();
        int status = docker.waitContainerCmd(container)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (status != 0) {
            throw new IOException("java -Xshare:dump ended with " + status);
        }
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(docker.copyArchiveFromContainerCmd(container, PLACE + "/" + ARCHIVE)
                        .exec())) {
            tar.getNextEntry();
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void copy(String container, InputStream tar, String where) {
        docker.copyArchiveToContainerCmd(container)
                .withTarInputStream(tar)
                .withRemotePath(where)
                .exec();
    }

    private static byte[] list(Set<String> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = ImageLayer.tar(bytes)) {
            ImageLayer.put(tar, LIST, String.join("\n", classes).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
