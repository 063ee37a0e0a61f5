package com.keeptrusts.gateway.node.ledger;

import com.keeptrusts.gateway.contract.AuditEntry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What reading the ledger over HTTP needs of its node.
 *
 * @param data the data directory
 * @param node of this process, as in presence
 * @param recordsReads whether reads are to be recorded, as the configuration in force says
 * @param append makes an entry durable, in whichever log; fails when nobody takes it
 * @param keys finds the holder of a gateway key
 */
public record LedgerDesk(
        Path data,
        String node,
        BooleanSupplier recordsReads,
        Function<AuditEntry, Future<Void>> append,
        Function<String, Optional<KeyHolder>> keys) {}
