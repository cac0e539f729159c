package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.fault.CataloguePage;
import dev.firedrill.harness.fault.FaultCatalogue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code firedrill faults}: what can be broken, and how. */
@Command(
        name = "faults",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Lists the faults with their parameters, or tells all about one.",
            "",
            "Parameters in brackets may be left out. Faults of your own are listed too, if they are on the class path:"
                    + " see docs/writing-a-fault.md."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  firedrill faults", "  firedrill faults broken-service"})
final class FaultsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FAULT", arity = "0..1", description = "The fault to tell about.")
    private @Nullable String name;

    @Override
    public Integer call() {
        FaultCatalogue catalogue = FaultCatalogue.standard();
        (name == null ? CataloguePage.list(catalogue) : CataloguePage.detail(catalogue.kind(name)))
                .forEach(System.out::println);
        return 0;
    }
}
