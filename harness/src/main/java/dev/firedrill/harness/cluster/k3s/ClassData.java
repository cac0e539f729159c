package dev.firedrill.harness.cluster.k3s;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What archives of class data in images are made of, and by what.
 *
 * @param noted for the class path of an image the classes that its programs load, which may be none yet; one that is
 *     not here gets no archive
 * @param maker makes an archive
 */
record ClassData(Map<List<Path>, Set<String>> noted, Maker maker) {
    /** Where a program of an image notes its classes, if they are not known yet. */
    static final String NOTES = "/tmp/firedrill.classes";

    /** Images without. */
    static final ClassData NONE = new ClassData(Map.of(), (base, layers, jars, classes, target) -> {
        throw new IOException("not asked for");
    });

    ClassData {
        noted = Map.copyOf(noted);
    }

    /** The classes that programs with a class path load; empty if that is not known. */
    Set<String> of(List<Path> classPath) {
        return noted.getOrDefault(classPath, Set.of());
    }

    /** Whether a program with a class path is to note its classes. */
    boolean notes(List<Path> classPath) {
        return noted.containsKey(classPath) && of(classPath).isEmpty();
    }

    /** Makes an archive of class data for the Java of a base image. */
    interface Maker {
        /**
         * Makes one.
         *
         * @param base the image's id
         * @param layers archives of files on top of it, with the jars
         * @param jars where the jars are then, in the order of the class path
         * @param classes what it is to hold; what is not there is passed over
         * @param target the file to write
         * @throws IOException if that does not work; then there is none
         */
        void make(String base, List<Path> layers, List<String> jars, Set<String> classes, Path target)
                throws IOException;
    }
}
