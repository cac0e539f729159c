package dev.firedrill.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotedClassesTest {
    private static final String MAIN = "com.example.Shop";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path cache;

    @SuppressWarnings("NullAway.Init")
    private ProgramImage shop;

    @BeforeEach
    void jar(@TempDir Path directory) throws Exception {
        shop = ProgramImage.java("shop", List.of(Files.writeString(directory.resolve("shop.jar"), "")), MAIN);
    }

    @Test
    void the_lists_of_all_roles_of_a_program_are_one() throws Exception {
        NotedClasses.keep(cache, shop, "till", List.of("a/A", "b/B"));
        NotedClasses.keep(cache, shop, "store", List.of("a/A", "c/C"));
        NotedClasses.keep(cache, other(), "", List.of("d/D"));

        assertThat(NotedClasses.of(cache, shop)).containsExactlyInAnyOrder("a/A", "b/B", "c/C");
        assertThat(NotedClasses.of(cache, other())).containsExactly("d/D");
    }

    @Test
    void what_is_known_is_not_noted_again() throws Exception {
        NotedClasses.keep(cache, shop, "till", List.of("a/A"));
        NotedClasses.keep(cache, shop, "till", List.of("z/Z"));

        assertThat(NotedClasses.of(cache, shop)).containsExactly("a/A");
    }

    @Test
    void another_jar_has_other_lists() throws Exception {
        NotedClasses.keep(cache, shop, "", List.of("a/A"));
        Files.writeString(shop.classPath().get(0), "changed");

        assertThat(NotedClasses.of(cache, shop)).isEmpty();
    }

    /** As later versions write it: two programs number other classes alike, which the JVM refuses as a whole. */
    @Test
    void what_is_for_one_jvm_alone_is_left_out() throws Exception {
        NotedClasses.keep(
                cache,
                shop,
                "",
                List.of(
                        "# NOTE: Do not modify this file.",
                        "java/lang/Object id: 0",
                        "com/example/Plugin id: 7 super: 0 source: file:/elsewhere.jar",
                        "@cp java/lang/Shutdown 7 55",
                        "@lambda-proxy com/example/Shop run ()V",
                        "com/example/Shop"));

        assertThat(NotedClasses.of(cache, shop))
                .containsExactly("java/lang/Object", "@lambda-proxy com/example/Shop run ()V", "com/example/Shop");
    }

    private ProgramImage other() {
        return ProgramImage.java("other", shop.classPath(), "com.example.ShopKeeper");
    }
}
