package com.keeptrusts.gateway.audit.postgres;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.segment.LedgerException;
import io.vertx.sqlclient.Pool;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The connections of one log: the one that holds its lock, of which there is one at a time, and those that read. */
final class Sessions implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connections connections;
    private final String name;
    private final Pool readers;
    private @Nullable WriterSession present;
    private int before;

    Sessions(Connections connections, String name) throws LedgerException {
        this.connections = connections;
        this.name = name;
        this.readers = connections.readers();
    }

    PostgresSettings settings() {
        return connections.settings();
    }

    /** What {@code store.json} says. */
    String told() {
        return JSON.createObjectNode()
                        .put("kind", "postgres")
                        .put("database", settings().server().toString())
                        .put("name", name)
                        .toPrettyString()
                + "\n";
    }

    Pool readers() {
        return readers;
    }

    @Nullable
    WriterSession present() {
        return present;
    }

    /** Ends the present session and begins another, waiting at most this long for the lock. */
    WriterSession open(Duration wait) throws IOException {
        if (present != null) {
            before = present.process();
            present.close();
            present = null;
        }
        WriterSession fresh = WriterSession.open(connections, name, before, wait);
        present = fresh;
        return fresh;
    }

    @Override
    public void close() {
        if (present != null) {
            present.close();
            present = null;
        }
        readers.close();
    }
}
