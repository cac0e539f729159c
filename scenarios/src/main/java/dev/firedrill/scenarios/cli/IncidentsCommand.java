package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.incident.Incident;
import dev.firedrill.harness.incident.IncidentLibrary;
import dev.firedrill.harness.incident.StandardFaults;
import dev.firedrill.harness.incident.Vocabulary;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code firedrill incidents}: what can be replayed. */
@Command(
        name = "incidents",
        mixinStandardHelpOptions = true,
        description = "Lists the incidents that can be replayed, and their remedies.")
final class IncidentsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        IncidentLibrary library = new IncidentLibrary(IncidentsCommand.class.getClassLoader());
        for (String name : library.names()) {
            Incident incident = library.find(name, new Vocabulary(Set.of(Shop.NAME), new StandardFaults()));
            System.out.println(name + "  " + incident.title());
            incident.remedies().forEach(remedy -> System.out.println("  --with " + remedy));
        }
        return 0;
    }
}
