package dev.firedrill.harness.agent;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;

/**
 * What the agent must not forget: the inbox, the samples, and what it was told, in an H2 database on disk. What was
 * stored is there after a kill -9. For one thread at a time, which also makes cursors visible in their order.
 *
 * <p>Source: H2 2.x, {@code WRITE_DELAY} 0: a commit is written to the file before it returns.
 */
final class AgentStore implements AutoCloseable {
    /** The most items of a page. */
    static final int PAGE = 500;

    /** How many samples are kept: hours of a drill's probes, and some 20 MB. */
    private static final int SAMPLES_KEPT = 100_000;

    private static final String ID = "id";
    private static final List<String> SCHEMA = List.of(
            "SET WRITE_DELAY 0",
            "CREATE TABLE IF NOT EXISTS inbox(cursor BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item VARCHAR)",
            "CREATE TABLE IF NOT EXISTS samples(cursor BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item VARCHAR)",
            "CREATE TABLE IF NOT EXISTS settings(name VARCHAR PRIMARY KEY, text VARCHAR)");

    private final Connection connection;
    private final int samplesKept;
    private final String id;
    private int untrimmed;

    private AgentStore(Connection connection, int samplesKept) throws SQLException {
        this.connection = connection;
        this.samplesKept = samplesKept;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String line : SCHEMA) {
                statement.execute(line);
            }
        }
        Optional<String> known = setting(ID);
        this.id = known.orElseGet(() -> UUID.randomUUID().toString());
        if (known.isEmpty()) {
            set(ID, id);
        }
        connection.commit();
    }

    /** Opens the database in a directory, making both if needed. */
    static AgentStore open(Path directory) throws SQLException {
        return open(directory, SAMPLES_KEPT);
    }

    /** @param samplesKept how many samples are kept at least; the inbox is kept whole */
    static AgentStore open(Path directory, int samplesKept) throws SQLException {
        String url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("agent")
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
        Connection connection = new Driver().connect(url, new Properties());
        try {
            return new AgentStore(connection, samplesKept);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Made with the database: a cursor is good only for the one that it came from. */
    String id() {
        return id;
    }

    /** Appends items to a log; all or none. */
    void append(Log log, List<String> items) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + log.table + "(item) VALUES (?)")) {
            for (String item : items) {
                insert.setString(1, item);
                insert.addBatch();
            }
            insert.executeBatch();
            if (log == Log.SAMPLES) {
                trim(items.size());
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /**
     * Forgets the oldest samples, a tenth of those kept at once. A reader who comes after that misses ticks of the
     * schedule, which is never taken for health.
     */
    private void trim(int added) throws SQLException {
        untrimmed += added;
        if (untrimmed > samplesKept / 10) {
            untrimmed = 0;
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM samples WHERE cursor <= " + (last(Log.SAMPLES) - samplesKept));
            }
        }
    }

    /** The items after a cursor, one more than a page at most. */
    List<Stored> after(Log log, long cursor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT cursor, item FROM " + log.table + " WHERE cursor > ? ORDER BY cursor LIMIT ?")) {
            select.setLong(1, cursor);
            select.setInt(2, PAGE + 1);
            List<Stored> items = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(new Stored(rows.getLong(1), rows.getString(2)));
                }
            }
            return items;
        }
    }

    /** The cursor of the last item; 0 if there is none. */
    long last(Log log) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COALESCE(MAX(cursor), 0) FROM " + log.table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Optional<String> setting(String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT text FROM settings WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    void set(String name, String text) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO settings(name, text) KEY(name) VALUES (?, ?)")) {
            merge.setString(1, name);
            merge.setString(2, text);
            merge.executeUpdate();
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** What is read by cursor. */
    enum Log {
        INBOX("inbox"),
        SAMPLES("samples");

        private final String table;

        Log(String table) {
            this.table = table;
        }
    }

    /** An item and its place. */
    record Stored(long cursor, String item) {}
}
