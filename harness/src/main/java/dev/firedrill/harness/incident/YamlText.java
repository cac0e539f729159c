package dev.firedrill.harness.incident;

import dev.firedrill.harness.model.ConfigurationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text of an incident file as YAML with positions. It is a tree of a small depth: without anchors and aliases,
 * which could lead in a circle, or make much of little.
 */
final class YamlText {
    private static final int DEEPEST = 20;

    private final String name;
    private final String text;
    private final LoadSettings settings;

    private YamlText(String name, String text) {
        this.name = name;
        this.text = text;
        this.settings = LoadSettings.builder().setLabel(name).build();
    }

    /** The whole of a file. */
    static Located root(String name, String text) {
        return new YamlText(name, text).root();
    }

    private Located root() {
        Optional<Node> node;
        try {
            refuseWhatIsNoTree();
            node = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw syntaxError(e);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(name + ":1: not valid YAML: " + oneLine(e.getMessage()), e);
        }
        return new Located(
                name, "the file", node.orElseThrow(() -> new ConfigurationException(name + ":1: the file is empty")));
    }

    private void refuseWhatIsNoTree() {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof AliasEvent
                    || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
                throw at(event)
                        .wrong("an anchor or alias (& or *); allowed: the value itself, in quotes if it begins"
                                + " with & or *");
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw at(event).wrong("lists and maps are nested too deep; allowed: up to " + DEEPEST);
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private Place at(Event event) {
        return new Place(
                name, event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    private ConfigurationException syntaxError(MarkedYamlEngineException e) {
        int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
        String culprit = text.lines().skip(line - 1L).findFirst().orElse("");
        if (culprit.substring(0, culprit.length() - culprit.stripLeading().length())
                .contains("\t")) {
            return new ConfigurationException(name + ":" + line + ": a tab in the indentation; allowed: spaces", e);
        }
        return new ConfigurationException(name + ":" + line + ": not valid YAML: " + oneLine(e.getProblem()), e);
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }
}
