package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.k3s.ImageExport;
import dev.firedrill.harness.model.ConfigurationException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firedrill image}: the images of the agent and of the small system, for clusters that pull their images. */
@Command(
        name = "image",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Makes the images of the agent and of the small system, for an existing cluster. Needs a Docker engine.",
            "",
            "With --push it prints the variables that name them to the other commands."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  firedrill image --tar images.tar", "  firedrill image --push registry.example/team"})
final class ImageCommand implements Callable<Integer> {
    @Option(names = "--tar", paramLabel = "FILE", description = "Write one archive of all, as docker save would.")
    private @Nullable Path tar;

    @Option(
            names = "--push",
            paramLabel = "PREFIX",
            description = "Push each to a registry, with Docker's credentials, under this prefix.")
    private @Nullable String push;

    @Override
    public Integer call() {
        if ((tar == null) == (push == null)) {
            throw new ConfigurationException("image takes one of --tar FILE and --push PREFIX");
        }
        ImageExport images = ImageExport.of(Clusters.withEveryImage(
                ClusterRequest.plain().reportingTo(line -> System.err.println("firedrill: " + line))));
        if (tar != null) {
            images.writeTo(tar);
            System.out.println(String.join(", ", images.names()) + ": written to " + tar);
        } else if (push != null) {
            images.push(push)
                    .forEach(
                            (name, there) -> System.out.println("export " + ProgramImage.variable(name) + "=" + there));
        }
        return 0;
    }
}
