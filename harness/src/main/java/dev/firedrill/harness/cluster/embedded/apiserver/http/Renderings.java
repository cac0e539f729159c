package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;

/** Chooses how a client sees a kind. */
final class Renderings {
    private Renderings() {}

    static Rendering of(ResourceKind kind, ApiRequest request) {
        return switch (Form.of(request.accept())) {
            case OBJECT, TABLE, METADATA -> Rendering.plain(kind);
        };
    }
}
