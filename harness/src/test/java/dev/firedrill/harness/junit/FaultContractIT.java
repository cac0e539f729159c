package dev.firedrill.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.fault.Change;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.fault.workload.ContainerFreeze;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Faults that do not keep the contract: each is found, by the test that is there for it, which says so. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class FaultContractIT {
    private static final String DRY = "a dry run changes nothing";
    private static final String ONCE = "it is proven, and put back twice it leaves nothing";
    private static final String TWICE = "injected twice it leaves nothing";
    private static final String SETTINGS = "settings";
    private static final ObjectRef WEB = ObjectRef.service("web");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @AfterEach
    void nothing_stays_for_the_next_test(Stage stage) {
        put(stage.scene(), "mark", "");
        stage.scene()
                .client()
                .services()
                .inNamespace(stage.namespace())
                .withName(WEB.name())
                .edit(service -> {
                    service.getSpec().getPorts().get(0).setPort(8080);
                    return service;
                });
    }

    @Test
    void one_that_keeps_it_fails_nowhere(Stage stage) {
        assertThat(failures(stage, new Renumbered())).isEmpty();
    }

    @Test
    void a_plan_that_writes_is_found_by_the_dry_run(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered() {
            @Override
            public FaultPlan plan(FaultScene scene) {
                put(scene, "mark", "planned");
                return super.plan(scene);
            }
        });

        assertThat(failures.keySet()).isEqualTo(Set.of(DRY));
        assertThat(failures.get(DRY))
                .startsWith("renumbered, '" + DRY + "': a dry run changed something: [ConfigMap/settings ")
                .contains("is \"planned\"");
    }

    @Test
    void a_plan_of_nothing_is_found_by_the_dry_run(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered(new Unseen()) {
            @Override
            public FaultPlan plan(FaultScene scene) {
                return new FaultPlan(List.of(), "nothing");
            }
        });

        assertThat(failures).containsEntry(DRY, "renumbered, '" + DRY + "': a dry run names no change");
    }

    @Test
    void a_change_beside_the_plan_is_found_when_it_stays(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered(new ReadBack() {
            @Override
            public void prepare(FaultScene scene, FaultPlan plan) {
                put(scene, "mark", "prepared");
            }
        }));

        assertThat(failures.keySet()).isEqualTo(Set.of(ONCE));
        assertThat(failures.get(ONCE))
                .startsWith("renumbered, '" + ONCE + "': it left something: [ConfigMap/settings ")
                .contains("is \"prepared\"");
    }

    @Test
    void an_effect_that_is_never_seen_is_no_proof(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered(new Unseen()));

        assertThat(failures).isEqualTo(Map.of(ONCE, "renumbered, '" + ONCE + "': no proof: its port"));
    }

    @Test
    void a_field_that_is_not_written_completely_cannot_be_put_back(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered() {
            @Override
            public FaultPlan plan(FaultScene scene) {
                return planOf(scene, "/spec/ports/0", "{\"name\":\"http\",\"port\":8081,\"targetPort\":\"http\"}");
            }
        });

        assertThat(failures.get(ONCE))
                .startsWith("renumbered, '" + ONCE + "': conflicts, though nobody else changed anything: [")
                .contains("Service/web /spec/ports/0");
    }

    @Test
    void what_one_test_left_broken_is_told_and_not_waited_for_by_the_next(Stage stage) {
        Map<String, String> failures = failures(stage, new Renumbered(new ReadBack() {
            private boolean ever;

            @Override
            public boolean readsBack() {
                return false;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                ever |= super.evidence(scene, plan).isPresent();
                return ever ? Optional.of("seen") : Optional.empty();
            }
        }));

        assertThat(failures.get(ONCE))
                .isEqualTo("renumbered, '" + ONCE + "': afterwards it shows, though it is not injected: it was there"
                        + " before anything was changed: seen");
        assertThat(failures.get(TWICE))
                .isEqualTo("renumbered, '" + TWICE + "': not tried, since the system is not well after '" + ONCE + "'");
    }

    @Test
    void what_this_kind_of_cluster_cannot_have_is_refused_and_not_tried(Stage stage, @TempDir Path directory) {
        String reason = "not tried, since it goes through the pod's node";

        Map<String, String> ends = withSafeguards(
                stage, directory, new Safeguards(9, false, false), guarded -> failures(guarded, new Frozen()));

        assertThat(ends.keySet()).hasSize(5).doesNotContain("bad parameters are refused");
        assertThat(ends.values())
                .allSatisfy(end ->
                        assertThat(end).startsWith("aborted: renumbered, '").contains(reason));
    }

    @Test
    void what_may_not_be_injected_is_told_at_once(Stage stage, @TempDir Path directory) {
        Map<String, String> ends = withSafeguards(
                stage,
                directory,
                new Safeguards(1, false, true),
                guarded -> failures(guarded, new Renumbered() {
                    @Override
                    public FaultPlan plan(FaultScene scene) {
                        List<Change> both = new ArrayList<>(
                                ScaledDown.toZero("web").plan(scene).changes());
                        both.addAll(ScaledDown.toZero("other").plan(scene).changes());
                        return new FaultPlan(both, "two pods");
                    }
                }));

        assertThat(ends.get(DRY))
                .isEqualTo("renumbered, '" + DRY + "': it may not be injected here: it would touch 2 pods, and no more"
                        + " than 1 may be touched at once (-Dfiredrill.max.pods)");
    }

    /** The same system on the same cluster, where other things must be heeded. */
    private static <T> T withSafeguards(
            Stage stage, Path directory, Safeguards safeguards, Function<Stage, T> something) {
        Cluster guarded = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(),
                new Class<?>[] {Cluster.class},
                (proxy, method, arguments) ->
                        method.getName().equals("safeguards") ? safeguards : method.invoke(stage.cluster(), arguments));
        StageRequest request = new StageRequest("guarded", "guarded", directory, 1, Map.of());
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                Stage raised = Stage.raise(guarded, new TwoPrograms(), request, journal)) {
            return something.apply(raised);
        }
    }

    /** What the contract says of a fault: the messages of the tests that do not pass, by their names. */
    private static Map<String, String> failures(Stage stage, Renumbered fault) {
        FaultKind kind = FaultKind.named("renumbered")
                .group("test")
                .harms("A Service has another port.")
                .changes("its port")
                .provenBy("its port")
                .undoneBy("the port as it was")
                .madeBy(arguments -> fault);
        FaultContract contract = new FaultContract() {
            @Override
            protected List<Sample> samples() {
                return List.of(new Sample(kind, Map.of()));
            }

            @Override
            protected Duration readyAgainWithin() {
                return Duration.ofSeconds(10);
            }
        };
        Map<String, String> failures = new LinkedHashMap<>();
        contract.every_fault(stage)
                .flatMap(container -> container.getChildren().map(DynamicTest.class::cast))
                .forEach(test -> {
                    try {
                        test.getExecutable().execute();
                    } catch (TestAbortedException aborted) {
                        failures.put(test.getDisplayName(), "aborted: " + aborted.getMessage());
                    } catch (Throwable failed) {
                        failures.put(test.getDisplayName(), String.valueOf(failed.getMessage()));
                    }
                });
        return failures;
    }

    private static void put(FaultScene scene, String key, String value) {
        scene.client()
                .configMaps()
                .inNamespace(scene.namespace())
                .withName(SETTINGS)
                .edit(settings -> {
                    settings.getData().put(key, value);
                    return settings;
                });
    }

    /** Another port for a Service, which keeps the contract until something of it is overridden. */
    private static class Renumbered implements Fault {
        private final Proof proof;

        Renumbered() {
            this(new ReadBack());
        }

        Renumbered(Proof proof) {
            this.proof = proof;
        }

        @Override
        public FaultDescription describe() {
            return new FaultDescription("renumbered", WEB.toString(), "A Service has another port.", Map.of());
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            return planOf(scene, "/spec/ports/0/port", "8081");
        }

        static FaultPlan planOf(FaultScene scene, String pointer, String json) {
            return new FaultPlan(List.of(scene.objects().set(WEB, pointer, JSON.readTree(json))), "its clients");
        }

        @Override
        public Proof proof() {
            return proof;
        }
    }

    /** What goes through a node, by the name of the other. */
    private static final class Frozen extends Renumbered {
        @Override
        public FaultPlan plan(FaultScene scene) {
            return ContainerFreeze.of(Map.of("app", "web")).plan(scene);
        }
    }

    /** Sees the port that was written, and says that it only reads it back. */
    private static class ReadBack implements Proof {
        @Override
        public String describe() {
            return "its port";
        }

        @Override
        public Duration within() {
            return Duration.ofSeconds(15);
        }

        @Override
        public boolean readsBack() {
            return true;
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            return Optional.of(scene.objects().require(WEB).at("/spec/ports/0/port"))
                    .filter(port -> port.asInt() == 8081)
                    .map(port -> "its port is " + port);
        }
    }

    /** Looks for half a second and sees nothing. */
    private static final class Unseen extends ReadBack {
        @Override
        public Duration within() {
            return Duration.ofMillis(500);
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            return Optional.empty();
        }
    }
}
