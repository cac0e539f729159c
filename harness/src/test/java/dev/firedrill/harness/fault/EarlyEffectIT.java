package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.InjectionException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is seen before anything is changed: a busy system's moment is no effect, and what stays is no proof. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class EarlyEffectIT {
    private static final Fault ROTATED = RotatedSecret.in("token", "token");

    @Test
    void an_effect_that_is_over_at_the_next_look_is_no_reason_to_refuse(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Injection injection = engine.inject("rotated", seeing("slow", "", "rotated"), InjectionPhase.INJECT);

        assertThat(injection.evidence()).hasValue("rotated");
        assertThat(engine.undo(injection)).isEmpty();
    }

    @Test
    void a_proof_that_crashes_once_is_no_reason_to_refuse(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Injection injection = engine.inject("rotated", seeing("crash", "", "rotated"), InjectionPhase.INJECT);

        assertThat(injection.evidence()).hasValue("rotated");
        assertThat(engine.undo(injection)).isEmpty();
    }

    @Test
    void an_effect_that_stays_refuses_and_changes_nothing(Stage stage) {
        assertThatThrownBy(() -> new FaultEngine(stage.scene())
                        .inject("rotated", seeing("one", "two", "three", "still"), InjectionPhase.INJECT))
                .isInstanceOf(InjectionException.class)
                .hasMessage("rotated (rotated-secret Secret/token) was not injected, since nothing could prove it:"
                        + " it was there before anything was changed: still");
        assertThat(stage.scene()
                        .client()
                        .secrets()
                        .inNamespace(stage.namespace())
                        .withName("token")
                        .require()
                        .getData())
                .containsEntry("token", TwoPrograms.SECRET_VALUE);
    }

    /** The fault, whose proof sees one of these at each look, and nothing afterwards; empty is nothing seen. */
    private static Fault seeing(String... looks) {
        return new Rotated(new Seen(List.of(looks).iterator()));
    }

    private record Rotated(Proof proof) implements Fault {
        @Override
        public FaultDescription describe() {
            return ROTATED.describe();
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            return ROTATED.plan(scene);
        }
    }

    private record Seen(Iterator<String> looks) implements Proof {
        @Override
        public String describe() {
            return "what this test says";
        }

        @Override
        public Duration within() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            String seen = looks.hasNext() ? looks.next() : "";
            if (seen.equals("crash")) {
                throw new IllegalStateException("no answer");
            }
            return seen.isEmpty() ? Optional.empty() : Optional.of(seen);
        }
    }
}
