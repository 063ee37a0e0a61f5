package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.Nullable;

/**
 * One record for the ledger, complete at its origin: the writer stores these bytes and adds nothing.
 *
 * @param id UUIDv7 made by the originating node; the same id is stored once
 * @param requestId of the request it tells about, where there is one
 * @param type as in {@code request.accepted}, {@code request.outcome}
 * @param leaf canonical JSON (RFC 8785), at most 60 KiB
 */
public record AuditEntry(String id, @Nullable String requestId, String type, Bytes leaf) {}
