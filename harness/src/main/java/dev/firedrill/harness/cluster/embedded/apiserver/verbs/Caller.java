package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who changes something, under which name, and how strictly; collects the warnings that go back to them. */
public final class Caller {
    private final User user;
    private final String manager;
    private final boolean dryRun;
    private final FieldValidation validation;
    private final Set<String> warnings = new LinkedHashSet<>();

    /** What happens to fields that nobody knows or that occur twice. */
    public enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }

    /**
     * @param manager the name under which changed fields are recorded
     * @param dryRun nothing is stored
     */
    public Caller(User user, String manager, boolean dryRun, FieldValidation validation) {
        this.user = user;
        this.manager = manager;
        this.dryRun = dryRun;
        this.validation = validation;
    }

    public User user() {
        return user;
    }

    public String manager() {
        return manager;
    }

    public boolean dryRun() {
        return dryRun;
    }

    /** The same, with another name in the record of managed fields. */
    Caller acting(String as) {
        return new Caller(user, as, dryRun, validation);
    }

    /** The same, but nothing is stored. */
    Caller rehearsing() {
        return dryRun ? this : new Caller(user, manager, true, validation);
    }

    public FieldValidation validation() {
        return validation;
    }

    /** Adds a sentence that the caller sees beside the answer. */
    public void warn(String warning) {
        warnings.add(warning);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
