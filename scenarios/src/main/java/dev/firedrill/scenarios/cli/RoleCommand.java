package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.existing.DrillRole;
import dev.firedrill.harness.cluster.existing.Guards;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code firedrill role NAMESPACE}: the rights that are enough to drill a namespace of an existing cluster. */
@Command(
        name = "role",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Prints a manifest with the rights that are enough to drill one namespace of an existing cluster:"
                    + " a ServiceAccount, a Role and their binding, to be applied by somebody who may grant them.",
            "",
            "It does not allow the namespace to be drilled: the label for that is set by whoever owns it."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  firedrill role drills | kubectl apply -f -")
final class RoleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAMESPACE", description = "The namespace.")
    private String namespace = "";

    @Override
    public Integer call() {
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?") || Guards.isOfTheCluster(namespace)) {
            throw new ConfigurationException("NAMESPACE cannot be \"" + namespace
                    + "\"; allowed: lower case letters, digits and dashes, but not default, and not kube-*");
        }
        System.out.print(DrillRole.in(namespace).manifest());
        return 0;
    }
}
