package dev.firedrill.harness.cluster.embedded.apiserver.http;

/** Who answers what. */
record Rooms(
        Documents documents,
        Reviews reviews,
        ResourceHandler resources,
        SubresourceHandler subresources,
        Watches watches,
        Forwarding forwarding) {}
