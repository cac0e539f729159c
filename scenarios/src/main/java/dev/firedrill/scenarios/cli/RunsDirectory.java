package dev.firedrill.scenarios.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flag that says where runs leave their directories. */
final class RunsDirectory {
    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            description =
                    "Where runs have directories of their own, with their undo on disk. Default: ${DEFAULT-VALUE}.",
            defaultValue = "target/firedrill")
    private Path path = Path.of("target", "firedrill");

    Path path() {
        return path;
    }
}
