package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.junit.Firedrill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a plan sees while somebody else works beside it. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class PlanIT {
    private static final Fault WRONG = WrongConfigValue.in("settings", "address", "http://nowhere:8080/");

    @Test
    void a_plan_sees_an_object_in_one_state_and_the_next_plan_as_it_is_then(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Disturbed disturbed = new Disturbed(new ArrayList<>());

        engine.dryRun(disturbed, InjectionPhase.PLANT);
        engine.dryRun(disturbed, InjectionPhase.PLANT);

        assertThat(disturbed.seen()).containsExactly("blue", "blue", "bluer", "bluer");
    }

    /** Reads a setting, lets somebody change it, and reads it again. */
    private record Disturbed(List<String> seen) implements Fault {
        @Override
        public FaultDescription describe() {
            return WRONG.describe();
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            look(scene);
            scene.client()
                    .configMaps()
                    .inNamespace(scene.namespace())
                    .withName("settings")
                    .edit(map -> map.edit()
                            .addToData(Map.of("colour", seen.get(seen.size() - 1) + "r"))
                            .build());
            look(scene);
            return WRONG.plan(scene);
        }

        private void look(FaultScene scene) {
            seen.add(scene.objects()
                    .require(ObjectRef.configMap("settings"))
                    .at("/data/colour")
                    .asString());
        }

        @Override
        public Proof proof() {
            return WRONG.proof();
        }
    }
}
