package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.ledger.LogStore;
import com.keeptrusts.gateway.audit.postgres.PostgresSettings;
import com.keeptrusts.gateway.audit.postgres.PostgresStore;
import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code policy.audit-logger.store}: where entries are kept from the moment they are acknowledged.
 *
 * @param postgres null for segment files in the data directory
 */
public record StoreSettings(@Nullable PostgresSettings postgres) {

    public static final StoreSettings SEGMENTS = new StoreSettings(null);

    private static final String KIND_SEGMENTS = "segments";
    private static final String KIND_POSTGRES = "postgres";

    public static StoreSettings from(Section section) {
        String kind = section.choice("kind", KIND_SEGMENTS, List.of(KIND_SEGMENTS, KIND_POSTGRES));
        return kind.equals(KIND_POSTGRES) ? new StoreSettings(PostgresSettings.from(section)) : SEGMENTS;
    }

    public String kind() {
        return postgres == null ? KIND_SEGMENTS : KIND_POSTGRES;
    }

    /**
     * A store for one log.
     *
     * @param environment where the variables that hold secrets are looked up
     * @param host names the log in a database, where the settings do not
     */
    public LogStore open(Vertx vertx, Function<String, @Nullable String> environment, String host) {
        return postgres == null ? LogStore.segments() : new PostgresStore(vertx, postgres, environment, host);
    }

    /** Refuses settings that a log in use cannot follow. */
    void refuseOther(StoreSettings other) {
        if (!equals(other)) {
            throw new ConfigException(
                    "needs_restart",
                    "policy.audit-logger.store",
                    "changed (expected: as when the process was started; restart it to change where entries are kept)");
        }
    }
}
