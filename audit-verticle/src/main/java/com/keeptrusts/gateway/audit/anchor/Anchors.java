package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.ledger.LedgerOptions;
import com.keeptrusts.gateway.audit.witness.Alarm;
import com.keeptrusts.gateway.audit.witness.Contradiction;
import com.keeptrusts.gateway.audit.witness.Contradiction.Kind;
import com.keeptrusts.gateway.audit.witness.Published;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log's checkpoints in places outside, each as often as it is set. None of them can hold the ledger up: each
 * attempt is bounded, one at a time, and a failing one is tried again. Confined to one event loop.
 */
public final class Anchors {

    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);
    private static final long LIMIT_SECONDS = 60;

    private final Vertx vertx;
    private final Ledger ledger;
    private final LedgerOptions options;
    private final Function<String, @Nullable String> environment;
    private final Alarm alarm;
    private List<AnchorSettings> settings = List.of();
    private volatile List<Station> stations = List.of();

    /**
     * Begins with none.
     *
     * @param environment where the variables that hold keys are looked up
     */
    public Anchors(
            Vertx vertx,
            Ledger ledger,
            LedgerOptions options,
            Function<String, @Nullable String> environment,
            Alarm alarm) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.options = options;
        this.environment = environment;
        this.alarm = alarm;
    }

    /** From now on these. */
    public void use(List<AnchorSettings> wanted) {
        if (wanted.equals(settings)) {
            return;
        }
        stations.forEach(Station::close);
        List<Station> fresh = new ArrayList<>();
        String writer = String.valueOf(ledger.directory().path().getFileName());
        for (AnchorSettings one : wanted) {
            fresh.add(new Station(one, anchor(one), options.meters(), options.clock(), writer));
        }
        settings = List.copyOf(wanted);
        stations = List.copyOf(fresh);
    }

    private Anchor anchor(AnchorSettings wanted) {
        return switch (wanted) {
            case AnchorSettings.OfWitness witness -> new HttpWitness(vertx, witness);
            case AnchorSettings.OfRepository repository -> new GitRepository(vertx, repository);
            case AnchorSettings.OfBucket bucket -> new LockedBucket(vertx, bucket, environment, options.clock());
        };
    }

    /** How they stand. Any thread may ask. */
    public List<AnchorReport> report() {
        return stations.stream().map(Station::report).toList();
    }

    /** To be called each second; completes when those that were due have been tried. Never fails. */
    public Future<Void> tick() {
        List<Station> due = stations.stream().filter(Station::isDue).toList();
        if (due.isEmpty()) {
            return Future.succeededFuture();
        }
        due.forEach(Station::begin);
        return vertx.executeBlocking(() -> Published.in(ledger.directory()), false)
                .transform(found -> Future.join(due.stream()
                        .map(station -> keep(station, found.succeeded() ? found.result() : Optional.empty()))
                        .toList()))
                .transform(_ -> Future.succeededFuture());
    }

    private Future<Void> keep(Station station, Optional<Published> found) {
        if (found.isEmpty()) {
            station.pass();
            return Future.succeededFuture();
        }
        Published published = found.get();
        return station.anchor()
                .keep(published)
                .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .onSuccess(_ -> station.succeed(published.size()))
                .compose(lines -> vertx.<Void>executeBlocking(
                        () -> {
                            ledger.countersign(published.note().text(), lines);
                            return null;
                        },
                        false))
                .onFailure(failure -> fail(station, published, failure));
    }

    private void fail(Station station, Published published, Throwable failure) {
        if (station.fail(failure)) {
            LOG.warn("anchor {} does not keep checkpoints: {}", station.name(), failure.getMessage());
        }
        if (failure instanceof ContradictedException contradicted) {
            Kind kind = contradicted.larger() ? Kind.ROLLED_BACK : Kind.REWRITTEN;
            alarm.raise(new Contradiction(kind, ledger.facts().origin(), contradicted.held(), published.size()));
        }
    }

    public void close() {
        use(List.of());
    }
}
