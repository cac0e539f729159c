package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ClassDataMakerIT {
    private static final String NAME = "firedrill.test/mapped";
    private static final Set<String> KNOWN = Set.of("java/lang/Object", "io/vertx/core/json/JsonObject");
    private static final Map<String, String> LABELS =
            RunOwner.ofThisJvm(RunOwner.newRun()).labels();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** The program of the image: says whether its JVM maps the file that is its argument. */
    public static void main(String[] arguments) throws Exception {
        boolean mapped = Files.readString(Path.of("/proc/self/maps")).contains(arguments[0]);
        System.out.println(io.vertx.core.json.JsonObject.of("mapped", mapped).encode());
    }

    @BeforeEach
    void engine() {
        new K3sClusterProvider().unavailable(ClusterRequest.plain()).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
    }

    @Test
    void a_program_of_an_image_maps_the_class_data_that_the_image_s_own_java_made() throws Exception {
        try (Engine engine = Engine.connect()) {
            DockerClient docker = engine.docker();
            String base = base(docker);
            ProgramImage program =
                    ProgramFiles.of(ProgramImage.java(NAME, ClassPaths.ofThisJvm(), ClassDataMakerIT.class.getName()));
            ClassData classData = new ClassData(
                    Map.of(program.classPath(), KNOWN), new ClassDataMaker(docker, LABELS, new OneOffContainers()));
            Path archive = new ArchiveCache(directory)
                    .of(new ArchiveCache.Order(
                            List.of(program),
                            base,
                            () -> docker.saveImageCmd(base).exec(),
                            classData))
                    .file();

            assertThat(said(docker, archive)).isEqualTo("{\"mapped\":true}\n");
            assertThat(docker.listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(LABELS)
                            .exec())
                    .as("containers left")
                    .isEmpty();
        }
    }

    @Test
    void what_the_image_s_java_refuses_is_told_and_leaves_no_container() {
        try (Engine engine = Engine.connect()) {
            ClassDataMaker maker = new ClassDataMaker(engine.docker(), LABELS, new OneOffContainers());

            assertThatThrownBy(() -> maker.make(
                            base(engine.docker()),
                            List.of(),
                            List.of("/app/none.jar"),
                            Set.of("@unheard-of line"),
                            directory.resolve("class-data")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("java -Xshare:dump ended with 1");
            assertThat(engine.docker()
                            .listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(LABELS)
                            .exec())
                    .isEmpty();
        }
    }

    @Test
    void when_the_cluster_ends_nothing_is_under_way_and_nothing_begins() {
        try (Engine engine = Engine.connect()) {
            DockerClient docker = engine.docker();
            OneOffContainers containers = new OneOffContainers();
            String container = containers.create(
                    docker, docker.createContainerCmd(base(docker)).withLabels(LABELS));

            containers.close();

            assertThat(docker.listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(LABELS)
                            .exec())
                    .isEmpty();
            containers.remove(container);
            assertThatThrownBy(() -> new ClassDataMaker(docker, LABELS, containers)
                            .make(base(docker), List.of(), List.of(), Set.of(), directory.resolve("class-data")))
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessage("the cluster ended while its images were made");
        }
    }

    private static String base(DockerClient docker) {
        String image = NodeImages.ofEnvironment(System.getenv()).java();
        return new EngineImages(docker, line -> {}).ensure(image, NodeImages.JAVA_VARIABLE);
    }

    /** What the program of an archive's image says. */
    private static String said(DockerClient docker, Path archive) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(archive)) {
            docker.loadImageCmd(in).exec();
        }
        String container = docker.createContainerCmd(NAME + ":latest")
                .withLabels(LABELS)
                .withCmd("/app/classes.jsa")
                .exec()
                .getId();
        try {
            docker.startContainerCmd(container).exec();
            docker.waitContainerCmd(container)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode();
            StringBuilder said = new StringBuilder();
            docker.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion();
            return said.toString();
        } finally {
            docker.removeContainerCmd(container).withForce(true).exec();
            docker.removeImageCmd(NAME + ":latest").exec();
        }
    }
}
