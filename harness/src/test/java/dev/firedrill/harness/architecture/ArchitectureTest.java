package dev.firedrill.harness.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the picture of ARCHITECTURE.md: arrows point down, siblings do not know each other. */
class ArchitectureTest {
    private static final String ROOT = "dev.firedrill.harness";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void the_rules_look_at_the_whole_harness() {
        assertThat(CLASSES.size()).isGreaterThan(200);
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(type -> rooms.add(room(type)));
        assertThat(rooms)
                .containsExactlyInAnyOrder(
                        "agent",
                        "alert",
                        "cluster",
                        "conformance",
                        "drill",
                        "fault",
                        "incident",
                        "junit",
                        "model",
                        "probe",
                        "resync",
                        "timeline");
    }

    private static String room(JavaClass type) {
        String within = type.getPackageName().substring(ROOT.length() + 1);
        int dot = within.indexOf('.');
        return dot < 0 ? within : within.substring(0, dot);
    }

    /** What each room may know; the rooms above it are left out. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("timeline", Set.of("model")),
            Map.entry("cluster", Set.of("model", "timeline")),
            Map.entry("conformance", Set.of("model", "timeline", "cluster")),
            Map.entry("agent", Set.of("model", "timeline", "cluster")),
            Map.entry("fault", Set.of("model", "timeline", "cluster", "agent")),
            Map.entry("probe", Set.of("model", "timeline", "cluster", "agent")),
            Map.entry("alert", Set.of("model", "timeline", "cluster", "agent")),
            Map.entry("resync", Set.of("model", "timeline", "cluster", "agent")),
            Map.entry("drill", Set.of("model", "timeline", "cluster", "agent", "fault", "probe", "alert", "resync")),
            Map.entry(
                    "junit",
                    Set.of("model", "timeline", "cluster", "agent", "fault", "probe", "alert", "resync", "drill")),
            Map.entry(
                    "incident",
                    Set.of("model", "timeline", "cluster", "agent", "fault", "probe", "alert", "resync", "drill")));

    @Test
    void arrows_point_down() {
        MAY_KNOW.forEach((room, known) -> noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are in a room beside or above " + room,
                        type -> type.getPackageName().startsWith(ROOT + ".")
                                && !room(type).equals(room)
                                && !known.contains(room(type))))
                .check(CLASSES));
    }

    @Test
    void the_model_needs_the_jdk_alone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".model..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", ROOT + ".model..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void the_rooms_of_the_embedded_cluster_talk_through_the_api_alone() {
        slices().matching(ROOT + ".cluster.embedded.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void no_package_is_part_of_a_cycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = new TreeSet<>();
        CLASSES.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .filter(type -> !type.isAnnotatedWith(NullMarked.class))
                .forEach(type -> unmarked.add(type.getPackageName()));
        Set<String> marked = new TreeSet<>();
        CLASSES.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .forEach(type -> marked.add(type.getPackageName()));
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(type -> packages.add(type.getPackageName()));
        assertThat(unmarked).isEmpty();
        assertThat(marked).isEqualTo(packages);
    }
}
