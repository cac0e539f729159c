package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Healer;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.Repeatable;
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.InjectionException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whatever cuts a drill short or comes between, all that it changed is put back, or it is said what was not. */
@Tag("waits")
@Firedrill(system = UnusualEndIT.Mute.class)
class UnusualEndIT {
    private static final Fault GREEN = WrongConfigValue.in("settings", "colour", "green");
    private static final Fault RED = WrongConfigValue.in("settings", "colour", "red");

    /** The two programs, where nothing pages. */
    public static final class Mute implements SystemUnderDrill {
        private final TwoPrograms programs = new TwoPrograms();

        @Override
        public List<HasMetadata> objects(Map<String, String> variants) {
            return programs.objects(variants);
        }

        @Override
        public Optional<Duration> pagesWithin() {
            return Optional.empty();
        }
    }

    private static String colour(Stage stage) {
        return stage.scene()
                .client()
                .configMaps()
                .inNamespace(stage.namespace())
                .withName("settings")
                .require()
                .getData()
                .getOrDefault("colour", "none");
    }

    private static long undoRecords(Stage stage) {
        return stage.scene().client().configMaps().inNamespace(stage.namespace()).list().getItems().stream()
                .filter(each -> each.getMetadata().getName().startsWith("firedrill-undo-"))
                .count();
    }

    private static void assertAsBefore(Stage stage) {
        assertThat(colour(stage)).isEqualTo("blue");
        assertThat(undoRecords(stage)).isZero();
    }

    /** A demand on what a supplier says at the moment in which it is judged. */
    private static Demand that(String expectation, Supplier<Boolean> holds) {
        Check check = new Check() {
            @Override
            public String expectation() {
                return expectation;
            }

            @Override
            public ExpectationKind kind() {
                return ExpectationKind.INVARIANT;
            }

            @Override
            public Judgement judge(List<TimelineEvent> events) {
                Verdict verdict = holds.get() ? Verdict.PASS : Verdict.FAIL;
                return Verdicts.ofHarness(expectation, kind(), verdict, "as it is");
            }
        };
        return since -> Expectation.now(check);
    }

    private static Judgement judgement(DrillResult result, String expectation) {
        return result.judgements().stream()
                .filter(each -> each.expectation().equals(expectation))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + expectation + "' in " + result.judgements()));
    }

    /** A fault of its author's own, who has made a mistake. */
    private record Own(Proof proof, boolean plans) implements Fault {
        @Override
        public FaultDescription describe() {
            return RED.describe();
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            if (!plans) {
                throw new NoSuchElementException("No value present");
            }
            return RED.plan(scene);
        }
    }

    @Test
    void a_check_that_asserts_is_inconclusive_and_everything_is_put_back(Rehearsal rehearsal, Stage stage) {
        DrillResult result = rehearsal.resultOf(Drill.named("asserting")
                .plant("green", GREEN)
                .expect(that("it asserts", () -> {
                    Assertions.assertThat("one").isEqualTo("two");
                    return true;
                }))
                .build());

        assertThat(judgement(result, "it asserts").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement(result, "it asserts").reason()).contains("the check itself failed");
        assertThat(judgement(result, "nothing is left behind").verdict()).isEqualTo(Verdict.PASS);
        assertAsBefore(stage);
    }

    @Test
    void a_fault_that_cannot_be_planned_is_inconclusive_and_everything_is_put_back(Rehearsal rehearsal, Stage stage) {
        DrillResult result = rehearsal.resultOf(Drill.named("planless")
                .plant("green", GREEN)
                .expect(that("the first is there", () -> colour(stage).equals("green")))
                .plant("own", new Own(RED.proof(), false))
                .build());

        assertThat(judgement(result, "the drill can be carried out").reason())
                .contains("NoSuchElementException: No value present");
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertAsBefore(stage);
    }

    @Test
    void a_figure_that_throws_is_inconclusive_and_the_rest_is_told(Rehearsal rehearsal) {
        Figure broken = new Figure(
                "broken",
                "what cannot be counted",
                "things",
                null,
                events -> {
                    throw new IllegalStateException("no such thing");
                },
                events -> Optional.empty(),
                "");
        DrillResult result = rehearsal.resultOf(
                Drill.named("figure").plant("green", GREEN).measuring(broken).build());

        assertThat(judgement(result, "the figure 'broken' can be taken").reason())
                .contains("no such thing");
        assertThat(judgement(result, "nothing is left behind").verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void an_interrupt_while_the_proof_is_awaited_loses_nothing(Rehearsal rehearsal, Stage stage) {
        Proof interrupting = new Interrupting();
        DrillResult result = rehearsal.resultOf(Drill.named("interrupted")
                .inject("own", new Own(interrupting, true))
                .build());
        boolean stays = Thread.interrupted();

        assertThat(stays).isTrue();
        assertThat(result.interrupted()).isTrue();
        assertAsBefore(stage);
    }

    /** Sees nothing at first; then the drill's thread is interrupted, and the proof fails. */
    private static final class Interrupting implements Proof {
        private boolean looked;

        @Override
        public String describe() {
            return "it is looked at twice";
        }

        @Override
        public Duration within() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            if (looked) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted");
            }
            looked = true;
            return Optional.empty();
        }
    }

    @Test
    void what_was_begun_is_put_back_on_a_thread_that_is_interrupted(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene(), point -> {
            if (point.name().endsWith("made")) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("cut short");
            }
        });
        Injection[] begun = new Injection[1];

        Assertions.assertThatThrownBy(() -> engine.inject("green", GREEN, InjectionPhase.PLANT, it -> begun[0] = it))
                .isInstanceOf(InjectionException.class)
                .hasMessageContaining("cut short");
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(engine.isOpen(begun[0])).isFalse();
        assertAsBefore(stage);
    }

    @Test
    void a_fault_is_put_back_from_below_what_an_operator_changed_since(Rehearsal rehearsal, Stage stage) {
        DrillResult result = rehearsal.resultOf(Drill.named("below")
                .plant("green", GREEN)
                .reconfigure("red, says the operator", RED)
                .undo("green")
                .expect(that("the operator's change stays", () -> colour(stage).equals("red")))
                .build());

        assertThat(result.judgements()).allMatch(each -> each.verdict() == Verdict.PASS);
        assertAsBefore(stage);
    }

    @Test
    void a_fault_is_not_put_back_from_below_another(Rehearsal rehearsal, Stage stage) {
        DrillResult result = rehearsal.resultOf(Drill.named("lower")
                .plant("green", GREEN)
                .plant("red", RED)
                .undo("green")
                .build());

        assertThat(judgement(result, "the drill can be carried out").reason())
                .isEqualTo("the fault 'green' cannot be put back while 'red' lies on top of it, which changed the same"
                        + " field; put 'red' back first");
        assertThat(judgement(result, "nothing is left behind").verdict()).isEqualTo(Verdict.PASS);
        assertAsBefore(stage);
    }

    /** Two latent faults whose triggers are the same request, each put back by its name. */
    @Test
    void a_trigger_that_was_pulled_again_for_another_fault_keeps_neither_from_being_put_back(
            Rehearsal rehearsal, Stage stage) {
        DrillResult result = rehearsal.resultOf(Drill.named("two latent ones")
                .plant("colour", GREEN)
                .trigger("colour", new Pulled("one"))
                .plant("address", WrongConfigValue.in("settings", "address", "http://nowhere:8080/"))
                .trigger("address", new Pulled("two"))
                .undo("colour")
                .expect(that("the first is put back", () -> colour(stage).equals("blue")))
                .undo("address")
                .build());

        assertThat(result.judgements().stream()
                        .filter(each -> each.verdict() != Verdict.PASS)
                        .map(Judgement::reason))
                .isEmpty();
        assertAsBefore(stage);
    }

    /** A request to whoever reads the settings; what is asked for is there as soon as it is asked. */
    private record Pulled(String request) implements Fault, Repeatable {
        private static final String FIELD = "/metadata/annotations/example.com~1pulled";

        @Override
        public FaultDescription describe() {
            return GREEN.describe();
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            return new FaultPlan(
                    List.of(scene.objects()
                            .set(ObjectRef.configMap("settings"), FIELD, JsonNodeFactory.instance.stringNode(request))),
                    "nothing");
        }

        @Override
        public Fault again() {
            return new Pulled(request + " again");
        }

        @Override
        public Proof proof() {
            return new Proof() {
                @Override
                public String describe() {
                    return request + " is asked for";
                }

                @Override
                public Duration within() {
                    return Duration.ofSeconds(10);
                }

                @Override
                public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                    return scene.objects()
                            .read(ObjectRef.configMap("settings"))
                            .flatMap(object -> ObjectFields.field(object, FIELD))
                            .filter(asked -> asked.asString().equals(request))
                            .map(asked -> "asked for " + request);
                }
            };
        }
    }

    @Test
    void what_lies_below_another_is_not_healed_alone_and_is_kept(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Injection lower = engine.inject("green", GREEN, InjectionPhase.PLANT);
        engine.inject("red", RED, InjectionPhase.PLANT);
        Healer healer = new Healer(stage.scene().client(), List.<Path>of());
        List<Healer.Open> open = healer.open(List.of(stage.namespace()));

        Healer.Outcome alone = healer.heal(
                open.stream().filter(each -> each.id().equals(lower.id())).toList());
        assertThat(alone.healed()).isEmpty();
        assertThat(alone.failures())
                .singleElement()
                .asString()
                .startsWith("green (")
                .contains("red (")
                .contains("lies on top of it, at ConfigMap/settings /data/colour; put both back with:");
        assertThat(colour(stage)).isEqualTo("red");

        Healer.Outcome both = healer.heal(healer.open(List.of(stage.namespace())));
        assertThat(both.failures()).isEmpty();
        assertThat(both.conflicts()).isEmpty();
        assertThat(both.healed()).hasSize(2);
        assertAsBefore(stage);
    }

    @Test
    void a_drill_that_says_nothing_is_inconclusive(Rehearsal rehearsal) {
        DrillResult result = rehearsal.resultOf(Drill.named("silent").build());

        assertThat(judgement(result, "something is said of the system").verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
