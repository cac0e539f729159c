package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** How a Java program is given its classes. */
@FunctionalInterface
public interface ClassPathOptions {
    /**
     * The options of {@code java} that name the class path of an image, and an archive of its class data where there
     * is one.
     *
     * @param arguments what the program will be given
     */
    List<String> of(ProgramImage image, List<String> arguments);

    /** The class path as it is, without an archive. */
    static ClassPathOptions plain() {
        return (image, arguments) -> List.of(
                "-cp", image.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
}
