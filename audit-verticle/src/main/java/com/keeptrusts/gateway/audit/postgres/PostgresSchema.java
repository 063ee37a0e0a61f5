package com.keeptrusts.gateway.audit.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The tables of the ledger as statements for the role that is to own them; running them again changes nothing. */
public final class PostgresSchema {

    private PostgresSchema() {}

    public static String sql() {
        try (InputStream in = Objects.requireNonNull(PostgresSchema.class.getResourceAsStream("schema.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
