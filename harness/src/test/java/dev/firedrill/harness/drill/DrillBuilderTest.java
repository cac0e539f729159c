package dev.firedrill.harness.drill;

import static dev.firedrill.harness.drill.Demands.probe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrillBuilderTest {
    private static final Fault GONE = BrokenService.selectingNothing("web", 8080);
    private static final Fault WRONG = WrongConfigValue.in("settings", "colour", "green");
    private static final ProbeSpec WEB =
            ProbeSpec.inside("web").service("web", 8080).path("/").build();

    @Test
    void what_was_never_changed_cannot_be_put_back() {
        assertThatThrownBy(() ->
                        Drill.named("typo").inject("gone", GONE).undo("gonne").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("drill 'typo' puts back 'gonne', which it has not changed before (changed: gone)");
    }

    @Test
    void what_is_changed_only_later_cannot_be_put_back() {
        assertThatThrownBy(() ->
                        Drill.named("early").undo("gone").inject("gone", GONE).build())
                .hasMessage("drill 'early' puts back 'gone', which it has not changed before (nothing is)");
    }

    @Test
    void what_was_never_planted_cannot_be_triggered() {
        assertThatThrownBy(() -> Drill.named("dry")
                        .plant("wrong", WRONG)
                        .trigger("wron", GONE)
                        .build())
                .hasMessage("drill 'dry' triggers 'wron', which it has not planted before (planted: wrong)");
    }

    @Test
    void an_effect_needs_something_that_has_it() {
        assertThatThrownBy(() -> Drill.named("causeless")
                        .watching(WEB)
                        .expect(probe(WEB).failsWithin(Duration.ofSeconds(1)))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("drill 'causeless' changes nothing, and expects an effect: probe 'web' fails");
    }

    @Test
    void what_an_operator_changed_may_be_put_back() {
        Drill drill = Drill.named("operator")
                .reconfigure("green", WRONG)
                .undo("green")
                .build();
        assertThat(drill.steps()).hasSize(2);
    }
}
