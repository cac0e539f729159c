package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** All proxies of a server. Requests change them one at a time. */
final class Proxies {
    private final Function<ProxySettings, Proxy> maker;
    private final Map<String, Proxy> byName = new HashMap<>();

    Proxies(Function<ProxySettings, Proxy> maker) {
        this.maker = maker;
    }

    Collection<Proxy> all() {
        return new TreeMap<>(byName).values();
    }

    Proxy named(String name) {
        Proxy proxy = byName.get(name);
        if (proxy == null) {
            throw new ApiException(404, "proxy not found");
        }
        return proxy;
    }

    Proxy add(ProxySettings settings) {
        if (byName.containsKey(settings.name())) {
            throw new ApiException(409, "proxy already exists");
        }
        return started(settings);
    }

    private Proxy started(ProxySettings settings) {
        Proxy proxy = maker.apply(settings);
        if (settings.enabled()) {
            proxy.start();
        }
        byName.put(settings.name(), proxy);
        return proxy;
    }

    /** What came of adding many: those that were, and what went wrong after them. */
    record Population(List<Proxy> proxies, List<ApiException> failure) {
        Population {
            proxies = List.copyOf(proxies);
            failure = List.copyOf(failure);
        }
    }

    /** Adds proxies, or replaces those of the same name whose addresses are others, until one fails. */
    Population populate(List<ProxySettings> wanted) {
        List<Proxy> done = new ArrayList<>();
        try {
            for (ProxySettings settings : wanted) {
                done.add(populate(settings));
            }
            return new Population(done, List.of());
        } catch (ApiException e) {
            return new Population(done, List.of(e));
        }
    }

    private Proxy populate(ProxySettings settings) {
        Proxy there = byName.get(settings.name());
        if (there == null) {
            return started(settings);
        }
        if (there.hasAddressesOf(settings)) {
            return there;
        }
        there.stop();
        return started(settings);
    }

    void remove(String name) {
        named(name).stop();
        byName.remove(name);
    }

    /** Starts all proxies and removes all toxics. */
    void reset() {
        for (Proxy proxy : all()) {
            proxy.start();
            proxy.toxics().removeAll();
        }
    }

    void close() {
        all().forEach(Proxy::stop);
    }
}
