package dev.firedrill.scenarios.incidents;

import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.incident.Incident;
import dev.firedrill.harness.incident.IncidentLibrary;
import dev.firedrill.harness.incident.Replay;
import dev.firedrill.harness.incident.Vocabulary;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The outage of Knock's dashboard on 3 June 2024: as it happened, and with every remedy. */
@Tag("alone")
@Firedrill(system = Shop.class)
class KnockScenario {
    private final Incident incident = new IncidentLibrary(KnockScenario.class.getClassLoader())
            .find("knock-2024-06-03", new Vocabulary(Set.of(Shop.NAME), FaultCatalogue.standard()));
    private final Replay replay = Replay.of(incident, new Shop(), FaultCatalogue.standard());

    @Test
    void as_it_happened_nobody_is_paged_and_changes_are_lost_from_sight(Rehearsal rehearsal) {
        rehearsal.run(replay.drill());
    }

    @Test
    void with_every_remedy_the_same_fault_pages_and_no_change_is_lost(Rehearsal rehearsal) {
        rehearsal.run(replay.withEveryRemedy().drill());
    }
}
