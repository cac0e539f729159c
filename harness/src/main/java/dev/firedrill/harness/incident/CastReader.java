package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.configuration.ConfigurationText;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.probe.ProbeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what an incident file declares for its steps to refer to. */
final class CastReader {
    private final FaultCatalogue catalogue;

    CastReader(FaultCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    Cast read(Fields file) {
        Map<String, Cast.Change> changes = declared(file, "changes", "change", CastReader::change);
        return new Cast(
                file.list("keys", key -> key.called("a key").text()),
                probes(file),
                declared(file, "alerts", "alert", CastReader::alert),
                declared(file, "faults", "fault", this::fault),
                changes,
                declared(file, "requests", "request", CastReader::request),
                declared(file, "remedies", "remedy", remedy -> remedy(remedy, changes)));
    }

    private static <T> Map<String, T> declared(
            Fields file, String key, String thing, Function<Located, T> declaration) {
        Map<String, T> all = new LinkedHashMap<>();
        file.find(key)
                .map(Located::entries)
                .ifPresent(entries -> entries.forEach(
                        (name, value) -> all.put(name, declaration.apply(value.called(thing + " '" + name + "'")))));
        return all;
    }

    private static Map<String, Cast.Probe> probes(Fields file) {
        Map<String, Cast.Probe> all = declared(file, "probes", "probe", ProbeReader::probe);
        for (String name : all.keySet()) {
            String beside = ProbeSpec.nameOnOpenConnection(name);
            if (all.containsKey(beside)) {
                throw Replay.found(file.get("probes").entries(), beside)
                        .wrong("probe '" + beside + "' has the name of what looks on beside probe '" + name
                                + "'; allowed: another name");
            }
        }
        return all;
    }

    private static Cast.Alert alert(Located alert) {
        Fields fields = alert.fields(List.of("name"), List.of("labels"));
        return new Cast.Alert(fields.text("name"), Fields.texts(fields.find("labels")), alert.place());
    }

    private Cast.Fault fault(Located fault) {
        if (fault.entries().containsKey("kind")) {
            return new Cast.Fault(call(fault), Optional.empty());
        }
        Fields fields = fault.fields(List.of("plant", "trigger"), List.of());
        return new Cast.Fault(call(fields.get("plant")), Optional.of(call(fields.get("trigger"))));
    }

    private Cast.FaultCall call(Located call) {
        Map<String, Located> entries = call.entries();
        Located named = entries.get("kind");
        if (named == null) {
            throw call.wrong(call.what() + " lacks the key \"kind\"; allowed: " + String.join(", ", catalogue.names()));
        }
        FaultKind kind = catalogue.kind(named.oneOf(catalogue.names()));
        List<String> required = new ArrayList<>(List.of("kind"));
        List<String> optional = new ArrayList<>();
        kind.parameters().forEach(parameter -> (parameter.required() ? required : optional).add(parameter.name()));
        Fields fields = call.called("a " + kind.name()).fields(required, optional);
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        kind.parameters().forEach(parameter -> fields.find(parameter.name()).ifPresent(value -> {
            parameters.put(parameter.name(), checked(value, parameter));
            places.put(parameter.name(), value.place());
        }));
        return new Cast.FaultCall(kind.name(), parameters, call.place(), places);
    }

    /** The value as it is written, once it is sure that the fault takes it. */
    private static Object checked(Located value, Parameter parameter) {
        Object written = value.plain();
        try {
            parameter.type().read(written);
        } catch (ConfigurationException e) {
            throw value.wrong(parameter.name() + " " + e.getMessage());
        }
        return written;
    }

    private static Cast.Change change(Located change) {
        Fields fields = change.fields(List.of("title", "configMap", "key", "set"), List.of());
        Map<SettingPlace, Object> settings = new LinkedHashMap<>();
        fields.get("set").entries().forEach((path, value) -> {
            if (!ConfigurationText.isPath(path)) {
                throw value.wrong(
                        "not a path: \"" + path + "\"; allowed: names with dots between, [name] or [*] for items of"
                                + " a list, and a + before it all if it adds a setting");
            }
            settings.put(
                    new SettingPlace(fields.text("configMap"), fields.text("key"), path, value.place()), value.plain());
        });
        return new Cast.Change(fields.text("title"), settings);
    }

    private static Cast.Request request(Located request) {
        Fields fields = request.fields(List.of("method", "url"), List.of());
        return new Cast.Request(
                fields.get("method").oneOf(List.of("GET", "POST", "PUT", "PATCH", "DELETE")),
                fields.get("url").url(),
                fields.get("url").place());
    }

    private static Cast.Remedy remedy(Located remedy, Map<String, Cast.Change> changes) {
        Fields fields = remedy.fields(List.of("title", "by"), List.of("changes"));
        return new Cast.Remedy(
                fields.text("title"), fields.text("by"), fields.list("changes", change -> change.called("change")
                        .oneOf(changes.keySet())));
    }
}
