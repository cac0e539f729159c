package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.NotedClasses;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.embedded.kubelet.ClassPathOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Java pods start faster by archives of class data, which all programs of one class path share, in memory too.
 * The first run of a program notes which classes it loads; when a system is ready, before its drill, an archive of all
 * that was noted is made, for the pods that follow. What is noted later counts when the next system is ready. A missing
 * or damaged archive is no error: the JVM then reads its jars.
 *
 * <p>Source: java(1), {@code -XX:SharedArchiveFile}, {@code -XX:SharedClassListFile}, {@code -XX:DumpLoadedClassList}.
 */
final class ClassDataArchives implements ClassPathOptions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassDataArchives.class);

    private final @Nullable Path cache;
    private final ArchiveMaker maker;
    private final Map<String, ArchiveEntry> entries = new ConcurrentHashMap<>();
    private final Set<String> noting = ConcurrentHashMap.newKeySet();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

    /** @param cache where archives are kept; null to do without */
    private ClassDataArchives(@Nullable Path cache, ArchiveMaker maker) {
        this.cache = cache;
        this.maker = maker;
    }

    /** Archives in the user's cache directory, whose makers bear the run's mark. */
    static ClassDataArchives ofUser(String run) {
        return in(NotedClasses.cacheOfUser(System.getenv()), run);
    }

    /** Archives below a directory, or none if it cannot be made. */
    static ClassDataArchives in(Path directory, String run) {
        Path usable = directory;
        try {
            ArchiveEntry.prepareCache(directory);
        } catch (IOException e) {
            LOG.info("pods start without class-data archives: {} cannot be used: {}", directory, e.toString());
            usable = null;
        }
        return new ClassDataArchives(usable, new ArchiveMaker(run));
    }

    @Override
    public List<String> of(ProgramImage image, List<String> arguments) {
        List<Path> ordered = ClassPaths.jarsFirst(image.classPath());
        List<Path> jars = ordered.stream().filter(ClassPaths::isJar).toList();
        List<String> options = new ArrayList<>();
        Optional<ArchiveEntry> entry = jars.isEmpty() ? Optional.empty() : entry(jars);
        entry.ifPresent(known -> {
            options.addAll(known.options());
            String program = program(image, arguments);
            if (!known.noted(program) && noting.add(known.key() + "/" + program)) {
                options.add("-XX:DumpLoadedClassList=" + known.noteFile(program));
            }
        });
        options.add("-cp");
        options.add(ClassPaths.joined(ordered));
        return options;
    }

    private static String program(ProgramImage image, List<String> arguments) {
        String role = arguments.isEmpty() || arguments.get(0).startsWith("-") ? "" : arguments.get(0);
        return NotedClasses.program(image.mainClass().orElse(""), role);
    }

    private Optional<ArchiveEntry> entry(List<Path> jars) {
        if (cache == null) {
            return Optional.empty();
        }
        try {
            String key = NotedClasses.key(jars);
            ArchiveEntry entry = entries.get(key);
            if (entry == null) {
                entry = ArchiveEntry.open(cache, key, jars);
                entries.put(key, entry);
            }
            return Optional.of(entry);
        } catch (IOException e) {
            LOG.debug("no class-data archive", e);
            return Optional.empty();
        }
    }

    /**
     * Makes the archives that lack something that was noted. Blocks; never throws. What could not be made is not tried
     * again by this cluster.
     *
     * @param begins run before each that is made
     */
    void make(Runnable begins) {
        for (ArchiveEntry entry : entries.values()) {
            if (givenUp.contains(entry.key())) {
                continue;
            }
            try {
                maker.make(entry, begins);
            } catch (IOException e) {
                givenUp.add(entry.key());
                LOG.debug("class-data archive {} not made", entry.key(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        maker.close();
        for (ArchiveEntry entry : entries.values()) {
            try {
                entry.takeOver();
                entry.forgetNotes();
            } catch (IOException e) {
                LOG.debug("notes of {} stay", entry.key(), e);
            }
        }
    }
}
