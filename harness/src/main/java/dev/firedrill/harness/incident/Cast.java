package dev.firedrill.harness.incident;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the steps of an incident can refer to, by the names that its author gave.
 *
 * @param keys the things that people change through the system
 */
public record Cast(
        List<String> keys,
        Map<String, Probe> probes,
        Map<String, Alert> alerts,
        Map<String, Fault> faults,
        Map<String, Change> changes,
        Map<String, Request> requests,
        Map<String, Remedy> remedies) {
    public Cast {
        keys = List.copyOf(keys);
        probes = ordered(probes);
        alerts = ordered(alerts);
        faults = ordered(faults);
        changes = ordered(changes);
        requests = ordered(requests);
        remedies = ordered(remedies);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * What an answer must be to be healthy.
     *
     * @param data a JSON pointer to what it contains; may be empty
     * @param status its HTTP status; that of the harness if it is not said
     * @param timeout how long it may take; that of the harness if it is not said
     */
    public record HealthyAnswer(String data, Optional<Integer> status, Optional<Duration> timeout) {}

    /**
     * Looks at something, again and again.
     *
     * @param inside whether from a pod of the cluster; else as a user outside
     * @param target {@code service:port}
     * @param host the Host header; may be empty
     * @param healthy which answers are healthy
     * @param headers may refer to a Secret of the system as {@code $(secret/key)}
     * @param addressed where the incident's file has the service
     * @param origin where it has the headers
     * @param interval the time between two looks
     */
    public record Probe(
            boolean inside,
            String target,
            String host,
            String path,
            HealthyAnswer healthy,
            Map<String, String> headers,
            Place addressed,
            Place origin,
            Duration interval) {
        public Probe {
            headers = ordered(headers);
        }

        public String service() {
            return target.substring(0, target.indexOf(':'));
        }

        public int port() {
            return Integer.parseInt(target.substring(target.indexOf(':') + 1));
        }
    }

    /**
     * An alert, with labels that it must carry.
     *
     * @param origin where the incident's file has it
     */
    public record Alert(String name, Map<String, String> labels, Place origin) {
        public Alert {
            Objects.requireNonNull(origin, "origin");
            labels = ordered(labels);
        }
    }

    /**
     * A fault of the catalogue.
     *
     * @param harm what breaks, or is planted
     * @param trigger what surfaces it, if it is planted
     */
    public record Fault(FaultCall harm, Optional<FaultCall> trigger) {
        public Fault {
            Objects.requireNonNull(harm, "harm");
            Objects.requireNonNull(trigger, "trigger");
        }
    }

    /**
     * A kind of fault with its parameters, as the catalogue takes them.
     *
     * @param origin where the incident's file has it
     * @param places where it has each of the parameters
     */
    public record FaultCall(String kind, Map<String, Object> parameters, Place origin, Map<String, Place> places) {
        public FaultCall {
            parameters = ordered(parameters);
            Objects.requireNonNull(origin, "origin");
            places = ordered(places);
        }

        /** Where a parameter stands, or else the fault. */
        Place at(String parameter) {
            return places.getOrDefault(parameter, origin);
        }

        /** A parameter as text, if it is given. */
        Optional<String> text(String parameter) {
            return Optional.ofNullable(parameters.get(parameter)).map(String::valueOf);
        }
    }

    /**
     * A change of configuration.
     *
     * @param settings what is set, by place; values are text, numbers, booleans
     */
    public record Change(String title, Map<SettingPlace, Object> settings) {
        public Change {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    /**
     * A request that an operator makes, from inside the cluster.
     *
     * @param origin where the incident's file has the URL
     */
    public record Request(String method, String url, Place origin) {}

    /**
     * A switch of the replay.
     *
     * @param title what it is, for people
     * @param by whose idea it was
     * @param changes the changes of configuration that are in place from the beginning when it is on; may be none
     */
    public record Remedy(String title, String by, List<String> changes) {
        public Remedy {
            changes = List.copyOf(changes);
        }
    }
}
