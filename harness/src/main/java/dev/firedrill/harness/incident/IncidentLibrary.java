package dev.firedrill.harness.incident;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The incidents that come with a program: the files {@code incidents/<name>.yaml} of its class path. */
public final class IncidentLibrary {
    private static final String FOLDER = "incidents";
    private static final String SUFFIX = ".yaml";

    private final ClassLoader loader;

    /** @param loader whose class path is searched */
    public IncidentLibrary(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds an incident.
     *
     * @param nameOrFile the name of one that comes along, or the path of a file that ends in {@code .yaml}
     * @throws ConfigurationException if there is none of that name, or something in it is wrong
     */
    public Incident find(String nameOrFile, Vocabulary vocabulary) {
        if (nameOrFile.endsWith(SUFFIX) || nameOrFile.endsWith(".yml")) {
            return IncidentFile.read(Path.of(nameOrFile), vocabulary);
        }
        Set<String> names = names();
        if (!names.contains(nameOrFile)) {
            String guess = Spelling.guess(nameOrFile, names);
            throw new ConfigurationException("unknown incident \"" + nameOrFile + "\"; allowed: "
                    + String.join(", ", names) + ", or a file that ends in " + SUFFIX + guess);
        }
        String resource = FOLDER + "/" + nameOrFile + SUFFIX;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ConfigurationException(resource + ": cannot be read (no longer on the class path)");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return IncidentFile.parse(nameOrFile + SUFFIX, text, vocabulary);
        } catch (IOException e) {
            throw new ConfigurationException(resource + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The names of those that come along, in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL folder : Collections.list(loader.getResources(FOLDER))) {
                names.addAll(namesIn(folder.toURI()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the incidents of the class path", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an entry that is no URI", e);
        }
        return names;
    }

    private static Set<String> namesIn(URI folder) throws IOException {
        if (!folder.getScheme().equals("jar")) {
            return namesIn(Path.of(folder));
        }
        String jar = folder.toString().substring(0, folder.toString().indexOf("!/"));
        try (FileSystem files =
                FileSystems.newFileSystem(Path.of(URI.create(jar.substring("jar:".length()))), Map.of())) {
            return namesIn(files.getPath(FOLDER));
        }
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(SUFFIX))
                    .forEach(file -> names.add(file.substring(0, file.length() - SUFFIX.length())));
        }
        return names;
    }
}
