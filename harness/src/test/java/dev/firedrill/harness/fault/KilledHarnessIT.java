package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.NamespaceSnapshot;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.workload.ContainerKill;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The harness is a process of its own and is killed, by the signal that no process can catch, while every fault stands
 * at the same crash point. The cluster outlives it, and is healed.
 */
@Tag("waits")
@Firedrill(system = ManyTargets.class)
class KilledHarnessIT {
    private static final Duration READY_AGAIN = Duration.ofMinutes(2);

    /** All stand at their point before it is over, on a machine that is busy with other things, too. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static final Duration ENDED_BY_ITSELF = Duration.ofSeconds(90);

    /** As many as the plan of two changes has. */
    private static final int MOST_POINTS = 8;

    static IntStream points() {
        return IntStream.range(0, MOST_POINTS);
    }

    @AfterEach
    void nothing_stays_for_the_next_test(Stage stage) {
        heal(new Healer(stage.cluster().client(), List.of()), stage);
        giveAFreshPodToWhatIsKilled(stage);
    }

    /** A node starts a container that was killed often later each time. */
    private static void giveAFreshPodToWhatIsKilled(Stage stage) {
        var pods = stage.cluster()
                .client()
                .pods()
                .inNamespace(stage.namespace())
                .withLabel("app", ContainerKill.KIND.name());
        List<String> old = pods.list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .toList();
        pods.delete();
        await().atMost(READY_AGAIN).untilAsserted(() -> assertThat(pods.list().getItems())
                .singleElement()
                .matches(pod -> !old.contains(pod.getMetadata().getUid()))
                .matches(Readiness::isPodReady));
    }

    @ParameterizedTest
    @MethodSource("points")
    void what_it_leaves_is_healed_from_the_cluster_alone(int point, Stage stage, @TempDir Path undos) throws Exception {
        NamespaceSnapshot before = stage.snapshot();
        long that =
                numberOfPoints(stage).stream().filter(points -> points > point).count();

        assertThat(killedAt(point, stage, undos))
                .filteredOn(line -> line.startsWith(DoomedHarness.AT))
                .hasSize((int) that);

        assertHealed(new Healer(stage.cluster().client(), List.of()), before, stage);
        Healer.Outcome again = heal(new Healer(stage.cluster().client(), List.of(undos)), stage);
        assertThat(again.healed()).as("put back once more by the files").isEmpty();
        assertThat(again.conflicts()).isEmpty();
        assertThat(files(undos)).as("files after healing").isEmpty();
    }

    /** The undo of a Secret is in the cluster alone. */
    @Test
    void what_it_leaves_is_healed_from_its_disk_alone(Stage stage, @TempDir Path undos) throws Exception {
        NamespaceSnapshot before = stage.snapshot();
        killedAt(3, stage, undos);
        assertThat(stage.cluster()
                        .client()
                        .configMaps()
                        .inNamespace(stage.namespace())
                        .withLabel(UndoStore.LABEL)
                        .delete())
                .isNotEmpty();

        assertHealed(new Healer(stage.cluster().client(), List.of(undos)), before, stage);
    }

    private static List<UndoStore.Kept> kept(UndoStore store) {
        return store.all(unreadable -> fail(unreadable));
    }

    /** The switch is the agent's, which has no more rights than its Role gives it. */
    @Test
    void what_it_leaves_ends_by_itself_when_its_time_is_over(Stage stage, @TempDir Path undos) throws Exception {
        NamespaceSnapshot before = stage.snapshot();
        assertThat(killedAt(3, LONG_ENOUGH, stage, undos))
                .filteredOn(line -> line.startsWith(DoomedHarness.AT))
                .hasSize(ManyTargets.faults().size());
        UndoStore store = new UndoStore(stage.cluster().client(), stage.namespace());
        assertThat(kept(store)).hasSize(ManyTargets.faults().size());

        await().atMost(ENDED_BY_ITSELF)
                .untilAsserted(() -> assertThat(kept(store)).as("kept").isEmpty());

        assertAsBefore(before, stage);
        Healer.Outcome after = heal(new Healer(stage.cluster().client(), List.of(undos)), stage);
        assertThat(after).isEqualTo(new Healer.Outcome(List.of(), List.of(), List.of()));
    }

    @Test
    void a_harness_that_lives_ends_a_fault_itself_and_its_drill_says_nothing_more(Stage stage) {
        Drill drill = Drill.named("forgotten")
                .inject("too few", Objects.requireNonNull(ManyTargets.faults().get("scaled-down")))
                .endingFaultsAfter(Duration.ofSeconds(1))
                .observe(Duration.ofSeconds(2))
                .build();
        NamespaceSnapshot before = stage.snapshot();

        DrillResult result = new DrillRunner(stage).run(drill);

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgements())
                .filteredOn(judgement -> judgement.verdict() == Verdict.INCONCLUSIVE)
                .singleElement()
                .extracting(Judgement::reason)
                .isEqualTo("too few ended by itself, since a fault may last 1 s in this drill");
        assertThat(stage.journal().events())
                .filteredOn(event -> event.type().equals(EventType.FAULT_EXPIRED))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).containsEntry("by", "harness"));
        assertAsBefore(before, stage);
    }

    private static List<String> killedAt(int point, Stage stage, Path undos) throws IOException, InterruptedException {
        return killedAt(point, LongestDuration.USUAL, stage, undos);
    }

    /** The faults that stood at the point, with its name. */
    private static List<String> killedAt(int point, Duration longest, Stage stage, Path undos)
            throws IOException, InterruptedException {
        Process harness = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedHarness.class.getName(),
                        stage.cluster().kubeconfig().toString(),
                        stage.namespace(),
                        undos.toString(),
                        "killed-" + point,
                        Integer.toString(point),
                        longest.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = harness.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            for (int i = 0; i < ManyTargets.faults().size(); i++) {
                said.add(String.valueOf(lines.readLine()));
            }
            assertThat(said).allMatch(line -> line.startsWith(DoomedHarness.AT) || line.startsWith(DoomedHarness.OVER));
            return said;
        } finally {
            harness.destroyForcibly().waitFor();
        }
    }

    private static void assertHealed(Healer healer, NamespaceSnapshot before, Stage stage) {
        Healer.Outcome outcome = heal(healer, stage);

        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.conflicts()).isEmpty();
        assertAsBefore(before, stage);
        assertThat(heal(healer, stage).healed()).as("healed twice").isEmpty();
    }

    private static void assertAsBefore(NamespaceSnapshot before, Stage stage) {
        await().atMost(READY_AGAIN)
                .untilAsserted(() -> assertThat(stage.unready()).as("not ready").isEmpty());
        assertThat(before.differencesTo(stage.snapshot())).as("residue").isEmpty();
    }

    private static Healer.Outcome heal(Healer healer, Stage stage) {
        return healer.heal(healer.open(List.of(stage.namespace())));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void no_plan_has_more_points_than_are_tried(Stage stage) {
        assertThat(numberOfPoints(stage)).hasSizeGreaterThanOrEqualTo(13).allMatch(points -> points <= MOST_POINTS);
    }

    private static List<Integer> numberOfPoints(Stage stage) {
        return ManyTargets.faults().values().stream()
                .map(fault -> CrashPoint.of(fault.plan(stage.scene())).size())
                .toList();
    }
}
