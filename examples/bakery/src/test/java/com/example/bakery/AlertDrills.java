package com.example.bakery;

import static dev.firedrill.harness.drill.Demands.alert;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import org.junit.jupiter.api.Test;

// [alerts]
@Firedrill(system = MonitoredBakery.class, abortedWithoutImages = true)
class AlertDrills {
    @Test
    void orders_that_wait_page_until_they_are_baked(Rehearsal rehearsal) {
        rehearsal.run(Drill.named("orders-wait")
                .watching(BakeryDrills.COUNTER, BakeryDrills.OVEN)
                .fromSteadyState()
                .inject("oven away", BrokenService.selectingNothing("oven", 8080))
                .edit("during", "table-1")
                .expect(alert("OrdersWait")
                        .carrying("edge", "counter->oven:8080")
                        .firesWithin(ofSeconds(20)))
                .undo("oven away")
                .expect(alert("OrdersWait").resolvesWithin(ofSeconds(20)))
                .build());
    }
}
// [/alerts]
