package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.contract.AddCheckpoint;
import com.keeptrusts.gateway.contract.WitnessAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A writer as a witness of others, and as one who is witnessed. What it remembers stands in {@code witness/} of the log's
 * directory. Confined to one event loop, from which it goes to others for files and signatures.
 */
public final class WitnessDesk {

    private final Vertx vertx;
    private final Witness witness;
    private final WitnessRounds rounds;
    private final WitnessMeters meters;

    private WitnessDesk(Vertx vertx, Witness witness, WitnessRounds rounds, WitnessMeters meters) {
        this.vertx = vertx;
        this.witness = witness;
        this.rounds = rounds;
        this.meters = meters;
    }

    /**
     * Reads what was witnessed before. Blocks.
     *
     * @param alarm hears of logs that contradict themselves
     */
    public static WitnessDesk open(
            Vertx vertx, String node, Ledger ledger, LedgerOptions options, PeerWriters peers, Alarm alarm)
            throws IOException {
        Path directory = ledger.directory().path();
        Witness witness = Witness.open(
                directory.resolve("witness"),
                ledger.facts().origin() + "/witness",
                options.files(),
                options.clock(),
                alarm::raise);
        var meters = new WitnessMeters(options.meters(), options.clock(), String.valueOf(directory.getFileName()));
        return new WitnessDesk(vertx, witness, new WitnessRounds(vertx, node, ledger, peers, alarm, meters), meters);
    }

    /** Answers another writer that shows its checkpoint. */
    public Future<WitnessAnswer> judge(AddCheckpoint call) {
        return vertx.executeBlocking(() -> witness.add(call), false);
    }

    /** The last checkpoint of a log that was cosigned here; empty when there is none. */
    public Future<String> lastOf(String origin) {
        return vertx.executeBlocking(() -> witness.lastOf(origin), false);
    }

    /** To be called each second: shows the own checkpoint to the others. */
    public void tick() {
        rounds.tick();
    }

    /** Its gauges go. */
    public void close() {
        meters.close();
    }
}
