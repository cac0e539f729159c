package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ClusterRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

class LeftoversIT {
    private static final Duration SOON = Duration.ofMinutes(2);

    private final NodeImages images = NodeImages.ofEnvironment(System.getenv());
    private final List<String> progress = TestNode.lines();

    @SuppressWarnings("NullAway.Init")
    private DockerClient docker;

    @BeforeEach
    void engine() {
        new K3sClusterProvider().unavailable(ClusterRequest.plain()).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
        docker = DockerClientFactory.lazyClient();
        try {
            docker.inspectImageCmd(images.node()).exec();
            docker.inspectImageCmd(images.java()).exec();
        } catch (NotFoundException e) {
            throw new TestAbortedException("the images are not in the Docker engine");
        }
    }

    @Test
    void what_a_killed_run_left_is_removed() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                ClassPaths.ofThisJvm().stream()
                                        .map(Path::toString)
                                        .toList()),
                        NodeHolder.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(SOON).until(() -> nodeOf(holder.pid()).isPresent() || !holder.isAlive());
            Container node = nodeOf(holder.pid()).orElseThrow();
            String run = String.valueOf(node.getLabels().get(RunOwner.RUN_LABEL));
            assertThat(directoriesOf(run)).isNotEmpty();
            List<String> volumes = volumesOf(node.getId());

            assertThat(remove()).as("a run that lives").isZero();
            assertThat(nodeOf(holder.pid())).isPresent();

            holder.destroyForcibly().waitFor();
            await().atMost(SOON).until(() -> {
                remove();
                return nodeOf(holder.pid()).isEmpty();
            });

            assertThat(progress).anyMatch(line -> line.startsWith("removed the node of run " + run));
            assertThat(directoriesOf(run)).isEmpty();
            assertThat(volumes).isNotEmpty().allSatisfy(volume -> assertThat(exists(volume))
                    .isFalse());
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void what_another_machine_may_still_use_is_left_alone() {
        RunOwner here = RunOwner.ofThisJvm("elsewhere");
        Map<String, String> labels = new HashMap<>(
                new RunOwner("elsewhere", "another-machine", here.boot(), here.space(), Long.MAX_VALUE / 10, "1")
                        .labels());
        String container = docker.createContainerCmd(images.java())
                .withLabels(labels)
                .exec()
                .getId();
        try {
            remove();
            assertThat(docker.inspectContainerCmd(container).exec().getId()).isEqualTo(container);
        } finally {
            docker.removeContainerCmd(container).withForce(true).exec();
        }
    }

    private int remove() {
        return Leftovers.removeAll(progress::add);
    }

    private Optional<Container> nodeOf(long pid) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(RunOwner.OWNER_LABEL))
                .exec()
                .stream()
                .filter(container -> RunOwner.of(container.getLabels())
                        .filter(owner -> owner.pid() == pid)
                        .isPresent())
                .findFirst();
    }

    private List<String> volumesOf(String container) {
        InspectContainerResponse found = docker.inspectContainerCmd(container).exec();
        return Optional.ofNullable(found.getMounts()).orElse(List.of()).stream()
                .flatMap(mount -> Stream.ofNullable(mount.getName()))
                .toList();
    }

    private boolean exists(String volume) {
        try {
            docker.inspectVolumeCmd(volume).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static List<Path> directoriesOf(String run) throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.toString().contains("firedrill-" + run))
                    .toList();
        }
    }
}
