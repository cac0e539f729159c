package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages with code show files that are built and tested, as they are. */
class ExamplePageTest {
    private static final Path ROOT = Path.of("..");

    /** A file, perhaps a region of it between {@code // [name]} and {@code // [/name]}, and the block that shows it. */
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (\\S+/\\S+)(?: \\[(\\S+)])? -->\n```(\\w+)\n(.*?\n)??```\n", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"drill-your-own-system.md, 8", "writing-a-fault.md, 6"})
    void every_block_of_code_is_of_its_file(String name, int blocks) throws IOException {
        Path file = ROOT.resolve("docs").resolve(name);
        String page = Files.readString(file);
        String fresh = BLOCK.matcher(page).replaceAll(ExamplePageTest::fresh);
        if (System.getProperty("firedrill.docs", "").equals("write")) {
            Files.writeString(file, fresh);
            return;
        }

        assertThat(page)
                .as("docs/%s is stale; run this test with -Dfiredrill.docs=write", name)
                .isEqualTo(fresh);
        assertThat(BLOCK.matcher(page).results()).hasSizeGreaterThanOrEqualTo(blocks);
    }

    private static String fresh(MatchResult block) {
        String header = block.group().substring(0, block.group().indexOf('\n') + 1);
        return Matcher.quoteReplacement(
                header + "```" + block.group(3) + "\n" + content(block.group(1), block.group(2)) + "\n```\n");
    }

    private static String content(String file, @Nullable String region) {
        try {
            String text = Files.readString(ROOT.resolve(file));
            if (region != null) {
                Matcher found = Pattern.compile(
                                " *// \\[" + region + "]\n(.*?) *// \\[/" + region + "]", Pattern.DOTALL)
                        .matcher(text);
                assertThat(found.find()).as("%s has a region %s", file, region).isTrue();
                text = found.group(1);
            }
            return text.stripTrailing();
        } catch (IOException e) {
            throw new AssertionError("the page names " + file + ", which cannot be read", e);
        }
    }
}
