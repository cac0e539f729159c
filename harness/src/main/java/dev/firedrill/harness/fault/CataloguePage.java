package dev.firedrill.harness.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue for people: as a list, kind by kind, and as the page of the documentation. */
public final class CataloguePage {
    private CataloguePage() {}

    /** One line for each kind, by groups, with its parameters. */
    public static List<String> list(FaultCatalogue catalogue) {
        int widest = catalogue.names().stream().mapToInt(String::length).max().orElse(0);
        return catalogue.groups().stream()
                .flatMap(group -> Stream.concat(
                        Stream.of(group),
                        catalogue.kinds().stream()
                                .filter(kind -> kind.group().equals(group))
                                .map(kind -> "  " + padded(kind.name(), widest) + "  " + usage(kind))))
                .toList();
    }

    /** How its parameters are written: those in brackets may be left out. */
    public static String usage(FaultKind kind) {
        return kind.parameters().stream()
                .map(parameter -> parameter.required()
                        ? parameter.name() + "=" + placeholder(parameter)
                        : "[" + parameter.name() + "="
                                + parameter.defaultValue().orElse(placeholder(parameter)) + "]")
                .collect(Collectors.joining(" "));
    }

    private static String placeholder(Parameter parameter) {
        return parameter.name().toUpperCase(Locale.ROOT);
    }

    /** Everything about one kind. */
    public static List<String> detail(FaultKind kind) {
        int widest =
                kind.parameterNames().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(kind.name() + " (" + kind.group() + ")");
        lines.add("  " + kind.harm());
        lines.add("");
        for (Parameter parameter : kind.parameters()) {
            lines.add("  " + padded(parameter.name(), widest) + "  " + parameter.meaning() + otherwise(parameter));
            lines.add("  " + padded("", widest) + "  " + parameter.type().allowed());
        }
        lines.add("");
        lines.add("  changes  " + plain(kind.plan()));
        lines.add("  proof    " + plain(kind.proof()));
        lines.add("  undo     " + plain(kind.undo()));
        return lines;
    }

    private static String otherwise(Parameter parameter) {
        return parameter.required()
                ? ""
                : parameter
                        .defaultValue()
                        .map(value -> " (default: " + value + ")")
                        .orElse(" (may be left out)");
    }

    private static String plain(String markdown) {
        return markdown.replaceAll("[`*]", "");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The catalogue in Markdown. */
    public static String markdown(FaultCatalogue catalogue) {
        StringBuilder page = new StringBuilder();
        for (String group : catalogue.groups()) {
            page.append("### ").append(capital(group)).append("\n\n");
            catalogue.kinds().stream()
                    .filter(kind -> kind.group().equals(group))
                    .forEach(kind -> page.append(markdown(kind)).append('\n'));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String markdown(FaultKind kind) {
        StringBuilder page = new StringBuilder();
        page.append("#### ")
                .append(kind.name())
                .append("\n\n")
                .append(kind.harm())
                .append("\n\n");
        page.append("| parameter | what it is | allowed |\n| --- | --- | --- |\n");
        for (Parameter parameter : kind.parameters()) {
            page.append("| `")
                    .append(parameter.name())
                    .append("` | ")
                    .append(parameter.meaning())
                    .append(otherwise(parameter))
                    .append(" | ")
                    .append(parameter.type().allowed())
                    .append(" |\n");
        }
        page.append("\n- plan: ").append(kind.plan());
        page.append("\n- proof: ").append(kind.proof());
        page.append("\n- undo: ").append(kind.undo()).append('\n');
        return page.toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
