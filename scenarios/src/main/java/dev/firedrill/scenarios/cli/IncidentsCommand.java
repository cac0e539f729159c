package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.incident.Incident;
import dev.firedrill.harness.incident.IncidentLibrary;
import dev.firedrill.harness.incident.Vocabulary;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code firedrill incidents}: what can be replayed. */
@Command(
        name = "incidents",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Lists the incidents that come along, each with its remedies.",
            "",
            "Incidents of your own are files: firedrill replay path/to/incident.yaml"
        },
        optionListHeading = "%nOptions:%n")
final class IncidentsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        for (String name : library().names()) {
            Incident incident = find(name);
            System.out.println(name + "  " + incident.title());
            incident.cast()
                    .remedies()
                    .forEach((remedy, about) ->
                            System.out.println("  --with " + remedy + "  " + about.title() + " (" + about.by() + ")"));
        }
        return 0;
    }

    /** An incident by its name or file, checked against the system that all replays run on. */
    static Incident find(String nameOrFile) {
        return library().find(nameOrFile, new Vocabulary(Set.of(Shop.NAME), FaultCatalogue.standard()));
    }

    private static IncidentLibrary library() {
        return new IncidentLibrary(IncidentsCommand.class.getClassLoader());
    }
}
