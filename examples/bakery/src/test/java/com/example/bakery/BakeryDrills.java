package com.example.bakery;

import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.harness.drill.Demands.resyncIsComplete;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.probe.ProbeSpec;
import org.junit.jupiter.api.Test;

// [drill]
@Firedrill(system = BakerySystem.class)
class BakeryDrills {
    static final ProbeSpec COUNTER =
            ProbeSpec.outside("counter").service("counter", 8080).path("/").build();
    static final ProbeSpec OVEN =
            ProbeSpec.inside("oven").url("http://oven:8080").path("/healthz").build();

    @Test
    void orders_wait_for_the_oven_and_are_baked_once_in_order(Rehearsal rehearsal) {
        rehearsal.run(Drill.named("oven-away")
                .titled("The oven cannot be reached, and the counter goes on taking orders")
                .watching(COUNTER, OVEN)
                .fromSteadyState()
                .edit("before", "table-1", "table-2")
                .observe(ofSeconds(1))
                .inject("oven away", BrokenService.selectingNothing("oven", 8080))
                .edit("during", "table-1", "table-3")
                .expect(
                        probe(OVEN).failsWithin(ofSeconds(5)),
                        probe(COUNTER).staysHealthy())
                .undo("oven away")
                .expect(probe(OVEN).isHealthyAgainWithin(ofSeconds(10)))
                .edit("after", "table-1")
                .afterwards(resyncIsComplete())
                .build());
    }
}
// [/drill]
