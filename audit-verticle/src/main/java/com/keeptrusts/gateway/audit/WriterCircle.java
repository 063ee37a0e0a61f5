package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.anchor.AnchorReport;
import com.keeptrusts.gateway.audit.anchor.AnchorSettings;
import com.keeptrusts.gateway.audit.anchor.Anchors;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerDirectory;
import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.reconcile.Guardian;
import com.keeptrusts.gateway.audit.reconcile.OpenTeller;
import com.keeptrusts.gateway.audit.witness.Alarm;
import com.keeptrusts.gateway.audit.witness.PeerWriters;
import com.keeptrusts.gateway.audit.witness.Recollection;
import com.keeptrusts.gateway.audit.witness.WitnessDesk;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Witnessed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A writer among the others: they witness each other's logs and know what each has open. Confined to one event loop. */
final class WriterCircle {

    private static final long TICK_MILLIS = 1_000;

    private final Vertx vertx;
    private final AuditOptions options;
    private final PeerWriters peers;
    private @Nullable Registration presence;
    private @Nullable Long timer;
    private @Nullable WitnessDesk witnesses;
    private List<AnchorSettings> wanted = List.of();
    private volatile @Nullable Anchors anchors;

    WriterCircle(Vertx vertx, AuditOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.peers = new PeerWriters(options.node());
    }

    /**
     * Listens for others and asks what they remember of this log. A log that does not exist yet has nothing to be
     * remembered, and a process alone nobody who would.
     */
    Future<Recollection> recall() {
        Duration wait = options.acquaintance() != null
                ? options.acquaintance()
                : vertx.isClustered() ? AuditOptions.ACQUAINTANCE : Duration.ZERO;
        return peers.listen(vertx)
                .onSuccess(heard -> presence = heard)
                .compose(_ -> vertx.executeBlocking(this::knownLog))
                .compose(facts -> facts == null || wait.isZero()
                        ? Future.succeededFuture(Recollection.NONE)
                        : vertx.timer(wait.toMillis()).compose(_ -> ask(facts)));
    }

    private @Nullable LogFacts knownLog() throws IOException {
        var directory = new LedgerDirectory(options.directory());
        return Files.isRegularFile(directory.facts()) ? LogFacts.read(directory.facts()) : null;
    }

    private Future<Recollection> ask(LogFacts facts) {
        return Recollection.of(vertx, peers.live(), options.node(), facts.origin(), address(facts));
    }

    static String address(LogFacts facts) {
        return Address.auditWriter(facts.writer().toString());
    }

    /** Completes when the others can show their checkpoints here. */
    Future<List<Registration>> serve(Ledger ledger, Function<List<AuditEntry>, Future<Void>> append) {
        String self = address(ledger.facts());
        peers.isSelf(self);
        var alarm = new Alarm(options.ledger().meters(), options.ledger().clock(), ledger.ownEntries(), append);
        var outside = new Anchors(vertx, ledger, options.ledger(), options.environment(), alarm);
        outside.use(wanted);
        anchors = outside;
        return vertx.executeBlocking(
                        () -> WitnessDesk.open(vertx, options.node(), ledger, options.ledger(), peers, alarm))
                .compose(desk -> serve(ledger, self, desk, outside, append));
    }

    private Future<List<Registration>> serve(
            Ledger ledger,
            String self,
            WitnessDesk desk,
            Anchors outside,
            Function<List<AuditEntry>, Future<Void>> append) {
        witnesses = desk;
        var teller = new OpenTeller(vertx, options.node(), self, ledger.requests(), peers);
        var guardian = new Guardian(
                self,
                ledger.requests(),
                ledger.ownEntries(),
                peers,
                options.ledger().clock(),
                append,
                writer -> Recollection.of(vertx, peers.live(), options.node(), "", writer)
                        .map(Recollection::ended));
        timer = vertx.setPeriodic(TICK_MILLIS, _ -> {
            peers.tick();
            desk.tick();
            teller.tick();
            guardian.tick();
            outside.tick();
        });
        Bus bus = Bus.of(vertx);
        List<Future<Registration>> places = List.of(
                bus.answer(Address.ofWitness(self), desk::judge),
                bus.answer(
                        Address.ofWitnessed(self),
                        call -> desk.lastOf(call.origin())
                                .map(note -> new Witnessed(note, guardian.endedOf(call.writer())))),
                bus.answer(Address.ofOpenRequests(self), told -> Future.succeededFuture(guardian.hear(told))));
        return Future.all(places).map(_ -> places.stream().map(Future::result).toList());
    }

    /** From now on checkpoints are kept in these places outside. */
    void anchor(List<AnchorSettings> places) {
        wanted = places;
        if (anchors != null) {
            anchors.use(places);
        }
    }

    /** How the places outside stand. Any thread may ask. */
    List<AnchorReport> anchorReport() {
        Anchors outside = anchors;
        return outside == null ? List.of() : outside.report();
    }

    /** Neither hears nor tells any more. */
    Future<Void> leave() {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        if (anchors != null) {
            anchors.close();
        }
        if (witnesses != null) {
            witnesses.close();
        }
        Registration heard = presence;
        presence = null;
        return heard == null ? Future.succeededFuture() : heard.withdraw();
    }
}
