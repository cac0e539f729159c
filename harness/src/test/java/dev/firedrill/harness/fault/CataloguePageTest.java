package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CataloguePageTest {
    private static final Path PAGE = Path.of("../docs/faults.md");
    private static final String BEGIN =
            "<!-- begin of the catalogue: made by CataloguePage, kept fresh by CataloguePageTest -->\n";
    private static final String END = "<!-- end of the catalogue -->";

    private final FaultCatalogue catalogue = FaultCatalogue.standard();

    @Test
    void the_documentation_has_the_catalogue_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String made = "\n" + CataloguePage.markdown(catalogue) + "\n";
        if (System.getProperty("firedrill.docs", "").equals("write")) {
            Files.writeString(PAGE, page.substring(0, begin) + made + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end))
                .as("docs/faults.md is stale; run this test with -Dfiredrill.docs=write")
                .isEqualTo(made);
    }

    @Test
    void every_kind_says_what_it_changes_how_it_is_proven_and_how_it_is_undone() {
        assertThat(catalogue.kinds()).hasSizeGreaterThan(10).allSatisfy(kind -> {
            assertThat(List.of(kind.plan(), kind.proof(), kind.undo())).doesNotContain("");
            assertThat(kind.parameters()).isNotEmpty();
            assertThat(CataloguePage.detail(kind)).anyMatch(line -> line.startsWith("  undo "));
        });
        assertThat(CataloguePage.list(catalogue))
                .contains("  scaled-down             deployment=DEPLOYMENT [replicas=0]");
    }

    @Test
    void a_fault_of_ones_own_is_listed_beside_them() {
        FaultKind own = FaultKind.named("own").group("ours").harms("Ours.").madeBy(arguments -> {
            throw new IllegalStateException("not made here");
        });

        FaultCatalogue ours = FaultCatalogue.of(() -> List.of(own), () -> List.of(ScaledDown.KIND));

        assertThat(ours.groups()).containsExactly("ours", "workload");
        assertThatThrownBy(() -> FaultCatalogue.of(() -> List.of(own, own)))
                .hasMessageStartingWith("two kinds of fault are called \"own\"");
    }

    @Test
    void what_is_not_allowed_is_refused_in_one_line() {
        assertRefused(
                Map.of("deployment", "web", "replica", 1),
                "unknown parameter \"replica\" of scaled-down; allowed:"
                        + " deployment, replicas; did you mean \"replicas\"?");
        assertRefused(
                Map.of(),
                "scaled-down lacks the parameter \"deployment\", the Deployment; allowed: a name of"
                        + " Kubernetes: lower case letters, digits, dashes and dots");
        assertRefused(
                Map.of("deployment", "web", "replicas", -1),
                "scaled-down: replicas must be a whole number from 0 to 1000, not -1");
        assertThatThrownBy(() -> catalogue.kind("scale-down"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("unknown fault \"scale-down\"; allowed: pod-restart, ")
                .hasMessageEndingWith("did you mean \"scaled-down\"?");
    }

    private static void assertRefused(Map<String, Object> given, String message) {
        assertThatThrownBy(() -> ScaledDown.KIND.make(given))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
