package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import tools.jackson.databind.node.ObjectNode;

/** What the server changes on its own behalf: no manager owns the fields. */
record UnrecordedChange(Writes.Change change) implements Writes.Change {
    @Override
    public ObjectNode apply(ObjectNode current) {
        return change.apply(current);
    }

    @Override
    public boolean recordsItself() {
        return true;
    }
}
