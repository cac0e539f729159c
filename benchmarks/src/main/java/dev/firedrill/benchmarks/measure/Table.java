package dev.firedrill.benchmarks.measure;

import java.util.List;
import java.util.stream.Collectors;

/** The result of benchmarks as a Markdown table, for docs/performance.md. */
public final class Table {
    private static final String HEAD = """
            | what | goal | median | min | max | runs | |
            | --- | --- | ---: | ---: | ---: | ---: | --- |
            """;

    private Table() {}

    public static String markdown(List<Row> rows) {
        return HEAD + rows.stream().map(row -> row.markdown() + "\n").collect(Collectors.joining());
    }
}
