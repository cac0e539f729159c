package dev.firedrill.harness.model;

/**
 * The types of {@link TimelineEvent}, with the keys of their data. Durations are numbers whose key ends in {@code Ms}
 * (milliseconds); moments are ISO-8601 texts whose key ends in {@code At}, and {@code recordAt} keeps the offset in
 * which the record was written, since people know an incident by its local time. A key in brackets may be absent. A
 * reader must ignore keys and types that it does not know.
 */
public final class EventType {
    /** run, title, command, cluster (kind, version, node), seed, scale, harnessVersion, startedAt. */
    public static final String RUN_STARTED = "run.started";
    /** verdict, exitStatus, interrupted. */
    public static final String RUN_FINISHED = "run.finished";
    /**
     * title, description, expectations (list of id, text, [label], kind, [step]), probes (list of name, vantage,
     * depth, target, intervalMs), [beside (list of names of probes that look at connections which were open before,
     * of which a report tells nothing but the judgement)], [incident (id, title, source, assumptions)], [remedies
     * (list of name, [title], on)], [placebo (of: the drill's name, leaves: what of its faults is left out)].
     */
    public static final String DRILL_STARTED = "drill.started";
    /** verdict, cluster, interrupted. */
    public static final String DRILL_FINISHED = "drill.finished";
    /**
     * step, title, kind (record, act, fault, work, observe, judge, steady, heal), [recordAt], [recordUntil],
     * [recordAssumed], [recordText], [who]. Every row of an incident's record is a step, what people did too: its
     * recordText is the record's own words. What is done and judged for a row are steps of their own, whose ids are the
     * row's with a dot and a number.
     */
    public static final String STEP_STARTED = "step.started";
    /**
     * step, tookMs, [measured (one sentence: what the replay saw here)], [skippedMs (record time that was left out)].
     */
    public static final String STEP_FINISHED = "step.finished";
    /** fault, title, kind, harm, parameters, phase, changes (list of target, action, before, after), blastRadius, pods
     * (list of names: those that are touched). */
    public static final String FAULT_PLANNED = "fault.planned";
    /**
     * fault, phase (inject, plant, trigger, operate, settle), preparedMs (from the call to the first change),
     * answeringMs (of it, for the system to answer the look whether the effect is there), waitedMs (for an object that
     * was made): operate is no fault but an operator's change. Its moment is that of the first change.
     */
    public static final String FAULT_INJECTED = "fault.injected";
    /**
     * fault, phase, evidence, afterMs, looks, seeingMs (from the last look that saw nothing), answeringMs (of the last
     * look that of the system).
     */
    public static final String FAULT_PROVEN = "fault.proven";
    /** fault, phase, reason. */
    public static final String FAULT_UNPROVEN = "fault.unproven";
    /** fault, phase, changes (number), conflicts, tookMs, waitedMs (for an object that had been made). */
    public static final String FAULT_UNDONE = "fault.undone";
    /** fault, phase, longestMs, by (harness, cluster): it has lasted as long as it may, and nobody had put it back. */
    public static final String FAULT_EXPIRED = "fault.expired";
    /** fault, phase: a placebo left it out at this moment. */
    public static final String FAULT_LEFT_OUT = "fault.left-out";
    /** fault, phase: a placebo left its undo out, too. */
    public static final String FAULT_LEFT_OUT_UNDONE = "fault.left-out-undone";
    /**
     * state (held, broken, recorded, skipped), reason, [fingerprint], [cluster and on: where and on which day a
     * placebo that is recorded was run], [tookMs], [runs (list of leaves, expectations (list of text, kind, verdict,
     * reason, held))]: what became of a drill without its faults.
     */
    public static final String PLACEBO_JUDGED = "placebo.judged";
    /** probe, vantage, outcome (ok, failed, missed), latencyMs, intendedAt, [status], [detail]. */
    public static final String PROBE_SAMPLE = "probe.sample";
    /** alert, status (firing, resolved), labels, annotations, startsAt, [endsAt], [pendingAt (since when its check
     * failed)], [fingerprint], cursor, receivedAt, canary (true if it is of the pager's canary). */
    public static final String ALERT_RECEIVED = "alert.received";
    /** cursor, [lost]: the pager's inbox was read up to here, and everything that it had accepted until then is in the
     * journal; with lost, it is a new one, and what was in the one before may be lost. */
    public static final String PAGER_READ = "pager.read";
    /** canary, phase (before, after), stage (asked, paged, resolved, lost), [afterMs], [reason]. */
    public static final String CANARY = "pager.canary";
    /** method, url, status, tookMs, changes (list of the accepted changes that the answer names, by their ids): what an
     * operator asked. */
    public static final String REQUEST_ANSWERED = "request.answered";
    /** seed, keys (list): what the edits of this run are made from. */
    public static final String WORK_PLANNED = "work.planned";
    /** operation (the harness's number), process, window, key, action (set, delete), phase (invoke; then ok, fail or,
     * if the outcome is unknown, info), [value]; with ok: change (the source's id) and version; else [detail]. */
    public static final String WORK_OPERATION = "work.operation";
    /**
     * change (the source's id), key, version, targetSequence, action (applied, duplicate, stale), [value],
     * [appliedAt].
     */
    public static final String WORK_APPLIED = "work.applied";
    /** key, present, [version], [value]: what the public route serves from now on. */
    public static final String WORK_CONTENT = "work.content";
    /** looks (so far), cursor, ok, [detail]: the target was read until now, or could not be; nothing was left out. */
    public static final String WORK_OBSERVED = "work.observed";
    /**
     * expectation (the id under which it was announced, or one of the harness's own), text, [label (a short sentence,
     * read beside its step)], kind, verdict, reason, evidence (list of text), [deadlineMs], [tookMs], [margin], [step
     * (the step whose row of the record it measures)].
     */
    public static final String EXPECTATION_JUDGED = "expectation.judged";
    /** clean, differences (list of text). */
    public static final String RESIDUE_CHECKED = "residue.checked";
    /**
     * name, label, [valueMs] or [value], unit, [recordMs] or [recordValue], [unscaledMs], [note], [step]: a figure of
     * the replay, side by side with that of the record. Without a value it never came: "nobody was paged".
     */
    public static final String FIGURE = "figure";
    /**
     * lostMs (of the second that ended at this moment, 300 to 1000 or a little more): the machine of the harness had no
     * processor to spare for so long, or everybody waited for its disks. Pods of an embedded cluster run there, and so
     * does a k3s in its Docker.
     */
    public static final String MACHINE_EXHAUSTED = "machine.exhausted";
    /** text: something worth telling the person who watches. */
    public static final String NOTE = "note";

    private EventType() {}
}
