package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.FaultCatalogue;
import java.util.Set;

/** What the files of the tests may speak of. */
final class TestVocabulary {
    private TestVocabulary() {}

    static Vocabulary vocabulary() {
        return new Vocabulary(Set.of("shop"), FaultCatalogue.standard());
    }
}
