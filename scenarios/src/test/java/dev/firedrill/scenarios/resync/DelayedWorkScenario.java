package dev.firedrill.scenarios.resync;

import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Shop;
import org.junit.jupiter.api.Test;

/** The same things are edited before, during and after an outage of the internal route. */
@Firedrill(system = Shop.class)
class DelayedWorkScenario {
    @Test
    void changes_of_before_during_and_after_arrive_once_and_in_order(Rehearsal rehearsal) {
        rehearsal.run(DelayedWork.throughAnOutage());
    }

    @Test
    void jobs_that_gave_up_arrive_when_they_are_retried(Rehearsal rehearsal) {
        rehearsal.run(DelayedWork.givenUpAndRetried());
    }
}
