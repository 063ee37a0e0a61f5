package com.keeptrusts.gateway.audit.witness;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.PeerCheckpoints;
import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.audit.witness.Contradiction.Kind;
import com.keeptrusts.gateway.contract.AddCheckpoint;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.WitnessAnswer;
import com.keeptrusts.gateway.contract.WitnessAnswer.Cosigned;
import com.keeptrusts.gateway.contract.WitnessAnswer.WitnessRefused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the own checkpoints to the other writers and puts their cosignatures under it: each second when the log has
 * grown, else twice a minute. A writer that is shown its own word against what its log is ends, for it has lost what it
 * acknowledged. Confined to one event loop; files are read on others.
 */
final class WitnessRounds {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessRounds.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int IDLE_TICKS = 30;
    private static final int MOST_WITNESSES = 16;

    private final Vertx vertx;
    private final String node;
    private final Ledger ledger;
    private final PeerWriters peers;
    private final Alarm alarm;
    private final WitnessMeters meters;
    private final Map<String, Standing> standings = new HashMap<>();
    private boolean underWay;

    /** How this log stands with one witness. */
    private static final class Standing {

        private long cosigned;
        private int ticks = IDLE_TICKS;
        private @Nullable CosignerKey key;
    }

    WitnessRounds(Vertx vertx, String node, Ledger ledger, PeerWriters peers, Alarm alarm, WitnessMeters meters) {
        this.vertx = vertx;
        this.node = node;
        this.ledger = ledger;
        this.peers = peers;
        this.alarm = alarm;
        this.meters = meters;
    }

    /** To be called each second. A round that takes longer is not joined by another. */
    void tick() {
        List<String> live = peers.live().stream().limit(MOST_WITNESSES).toList();
        standings.keySet().retainAll(live);
        standings.values().forEach(standing -> standing.ticks++);
        if (underWay || live.isEmpty() || ledger.dead()) {
            return;
        }
        underWay = true;
        vertx.executeBlocking(() -> Published.in(ledger.directory()), false)
                .compose(found -> found.isEmpty() ? Future.succeededFuture() : show(found.get(), live))
                .onComplete(_ -> underWay = false);
    }

    private Future<Void> show(Published published, List<String> live) {
        List<Future<String>> lines = new ArrayList<>();
        for (String writer : live) {
            Standing standing = standings.computeIfAbsent(writer, _ -> new Standing());
            if (standing.cosigned < published.size() || standing.ticks >= IDLE_TICKS) {
                standing.ticks = 0;
                lines.add(ask(writer, standing, published, true)
                        .onFailure(e -> LOG.debug("{}: {}", writer, e.getMessage())));
            }
        }
        return Future.join(lines).transform(_ -> countersign(published, lines));
    }

    private Future<Void> countersign(Published published, List<Future<String>> asked) {
        List<String> lines =
                asked.stream().filter(Future::succeeded).map(Future::result).toList();
        if (lines.isEmpty()) {
            return Future.succeededFuture();
        }
        meters.cosigned(lines.size());
        return vertx.executeBlocking(
                () -> {
                    ledger.countersign(published.note().text(), lines);
                    return null;
                },
                false);
    }

    private Future<String> ask(String writer, Standing standing, Published published, boolean mayRepeat) {
        long held = Math.min(standing.cosigned, published.size());
        return vertx.executeBlocking(() -> published.consistentWith(held), false)
                .compose(proof -> Bus.of(vertx)
                        .ask(
                                Address.ofWitness(writer),
                                new AddCheckpoint(
                                        Deadline.in(node, LIMIT.toMillis()),
                                        ledger.facts().key().toString(),
                                        held,
                                        proof,
                                        published.note().toString()),
                                LIMIT))
                .compose(answer -> take(writer, standing, published, mayRepeat, answer));
    }

    private Future<String> take(
            String writer, Standing standing, Published published, boolean mayRepeat, WitnessAnswer answer) {
        return switch (answer) {
            case Cosigned cosigned -> cosigned(standing, published, cosigned);
            case WitnessRefused(int status, long size, String note) ->
                vertx.executeBlocking(() -> contradicts(published, note), false).compose(contradicts -> {
                    if (mayRepeat && status == 409 && size != standing.cosigned && size <= published.size()) {
                        standing.cosigned = size; // also when contradicted: then the witness sees it for itself
                        return ask(writer, standing, published, false);
                    }
                    if (contradicts) {
                        condemn(writer, size, published.size());
                    }
                    return Future.failedFuture("refused with " + status);
                });
        };
    }

    private Future<String> cosigned(Standing standing, Published published, Cosigned cosigned) {
        try {
            CosignerKey key = standing.key == null ? CosignerKey.parse(cosigned.vkey()) : standing.key;
            List<String> valid = key.valid(published.note().text(), cosigned.signature());
            if (valid.isEmpty()) {
                return Future.failedFuture("cosignature does not hold");
            }
            standing.key = key;
            standing.cosigned = published.size();
            return Future.succeededFuture(valid.getFirst());
        } catch (NoteException e) {
            return Future.failedFuture(e);
        }
    }

    private boolean contradicts(Published published, String note) throws IOException {
        return !note.isEmpty()
                && new PeerCheckpoints(published.directory(), ledger.facts(), published.size()).contradicted(note);
    }

    private void condemn(String writer, long held, long shown) {
        Kind kind = held > shown ? Kind.ROLLED_BACK : Kind.REWRITTEN;
        alarm.raise(new Contradiction(kind, ledger.facts().origin(), held, shown));
        ledger.condemn("acknowledged data is missing: " + writer + " has witnessed " + held + " entries, which its "
                + shown + " do not continue");
    }
}
