package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.audit.anchor.AnchorReport;
import com.keeptrusts.gateway.audit.ledger.Ledger;
import com.keeptrusts.gateway.audit.retention.Keeping;
import com.keeptrusts.gateway.audit.witness.Recollection;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.AppendAnswer;
import com.keeptrusts.gateway.contract.AppendAnswer.AppendRefused;
import com.keeptrusts.gateway.contract.AppendAnswer.Appended;
import com.keeptrusts.gateway.contract.AppendEntries;
import com.keeptrusts.gateway.contract.AuditEntry;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Presence;
import com.keeptrusts.gateway.contract.PresenceEvent.WorkerPresent;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one writer's appends: {@link AppendAnswer.Appended} means flushed. Takes its directory for itself alone, and
 * leaves the bus for good when a flush fails.
 */
public final class AuditVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AuditVerticle.class);
    private static final Duration OWN_LIMIT = Duration.ofSeconds(30);
    private static final long RECONCILE_MILLIS = 5_000;
    private static final long CLOCK_MILLIS = 5_000;
    private static final long PRUNE_MILLIS = Duration.ofHours(1).toMillis();
    private static final long FIRST_PRUNE_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int CAPACITY = 4_096;

    /** What no configuration allows to go stays: the longest that one can ask for. */
    private static final int UNTOLD_DAYS = 36_500;

    private final AuditOptions options;
    private final Promise<Serving> serving = Promise.promise();
    private @Nullable Presence presence;
    private volatile @Nullable WriterCircle circle;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile int retentionDays;

    private record Serving(Ledger ledger, Activation activation, Keeping keeping) {}

    public AuditVerticle(AuditOptions options) {
        this.options = options;
        this.retentionDays = options.configured() ? options.settings().retentionDays() : UNTOLD_DAYS;
    }

    @Override
    public Future<?> start() {
        var joined = new WriterCircle(vertx, options);
        circle = joined;
        return joined.recall()
                .compose(recalled ->
                        vertx.executeBlocking(() -> openLedger(recalled)).compose(this::begin))
                .recover(refused -> joined.leave().transform(_ -> Future.failedFuture(refused)));
    }

    /**
     * Whether a configuration keeps what the log has promised; fails with a
     * {@link com.keeptrusts.gateway.config.ConfigException} when it asks for less. Records nothing.
     */
    public Future<Void> consent(AuditSettings settings) {
        return serving.future()
                .compose(served -> vertx.executeBlocking(() -> {
                    options.settings().store().refuseOther(settings.store());
                    served.activation().check(settings);
                    return null;
                }));
    }

    /**
     * Records that a configuration was refused.
     *
     * @param inForce digest of the one that stays; empty where there is none
     * @param refused digest of the other; empty when it came to none
     * @param reason nodes, codes and paths, nothing of what the configuration holds
     */
    public Future<Void> rejected(String inForce, String refused, String reason) {
        return serving.future()
                .compose(served -> append(
                        served.ledger(),
                        List.of(served.ledger().ownEntries().configRejected(inForce, refused, reason))));
    }

    /**
     * Records that a configuration became active, and what it promises about the ledger. Fails with a
     * {@link com.keeptrusts.gateway.config.ConfigException} when it asks for less than the log has promised.
     */
    public Future<Void> activate(AuditSettings settings, String configDigest) {
        return serving.future()
                .compose(served -> vertx.executeBlocking(() -> {
                            options.settings().store().refuseOther(settings.store());
                            return served.activation().prepare(settings, configDigest);
                        })
                        .compose(entries -> append(served.ledger(), entries))
                        .compose(_ ->
                                vertx.executeBlocking(() -> served.activation().latch(settings))))
                .onSuccess(_ -> {
                    retentionDays = settings.retentionDays();
                    context.runOnContext(_ -> anchor(settings));
                })
                .mapEmpty();
    }

    private void anchor(AuditSettings settings) {
        if (circle != null) {
            circle.anchor(settings.anchors());
        }
    }

    /** How the places outside that keep checkpoints stand. Any thread may ask. */
    public List<AnchorReport> anchors() {
        WriterCircle others = circle;
        return others == null ? List.of() : others.anchorReport();
    }

    private Ledger openLedger(Recollection recalled) throws IOException {
        AcceptedLoss loss = AcceptedLoss.in(options.directory());
        boolean accepted = options.ledger().acceptLoss() || loss.isGiven();
        Ledger ledger = Ledger.open(
                options.directory(),
                options.ledger().withWitnessed(recalled.checkpoints()).acceptingLoss(accepted),
                Runnable::run, // the bus may be told by any thread, and the one that has flushed is awake
                () -> context.runOnContext(_ -> leave()));
        ledger.requests().endedElsewhere(recalled.ended());
        loss.forget();
        return ledger;
    }

    /** First what earlier runs left open, then the settings, and only then does anyone hear of this writer. */
    private Future<?> begin(Ledger ledger) {
        serving.complete(new Serving(ledger, new Activation(ledger, options.directory()), new Keeping(ledger)));
        String worker = WriterCircle.address(ledger.facts());
        WriterCircle others = Objects.requireNonNull(circle);
        return reconcile(ledger)
                .compose(_ -> options.configured()
                        ? activate(options.settings(), options.configDigest())
                        : Future.succeededFuture())
                .compose(_ -> others.serve(ledger, entries -> append(ledger, entries)))
                .onSuccess(served -> registrations.addAll(served))
                .compose(_ -> Bus.of(vertx).answer(Address.ofAudit(worker), call -> append(ledger, call)))
                .onSuccess(registration -> {
                    registrations.add(registration);
                    presence = Presence.announce(vertx, () -> present(worker, ledger));
                    vertx.setPeriodic(RECONCILE_MILLIS, _ -> reconcile(ledger));
                    var clocks = new ClockWatch(options.ledger().clock(), System::nanoTime);
                    vertx.setPeriodic(CLOCK_MILLIS, _ -> noteStep(ledger, clocks.step()));
                    vertx.setPeriodic(FIRST_PRUNE_MILLIS, PRUNE_MILLIS, _ -> prune());
                    LOG.info("audit writer {} serves {}", ledger.facts().origin(), options.directory());
                })
                .recover(refused -> vertx.executeBlocking(() -> {
                            ledger.close();
                            return null;
                        })
                        .transform(_ -> Future.failedFuture(refused)));
    }

    private Future<AppendAnswer> append(Ledger ledger, AppendEntries call) {
        Promise<AppendAnswer> answer = Promise.promise();
        ledger.append(call.entries(), Duration.ofMillis(call.deadline().remainingMillis()), answer::complete);
        return answer.future();
    }

    /** Entries of this writer itself. */
    private Future<Void> append(Ledger ledger, List<AuditEntry> entries) {
        Promise<AppendAnswer> answer = Promise.promise();
        ledger.append(entries, OWN_LIMIT, given -> context.runOnContext(_ -> answer.complete(given)));
        return answer.future().compose(given -> switch (given) {
            case Appended _ -> Future.<Void>succeededFuture();
            case AppendRefused(String writer, String reason) ->
                Future.failedFuture(new IllegalStateException("audit writer " + writer + ": " + reason));
        });
    }

    /**
     * Acts upon this writer's log, off the event loop.
     *
     * @param act given the log and the days that the configuration in force asks for
     */
    public <T> Future<T> keep(Act<T> act) {
        return serving.future()
                .compose(served -> vertx.executeBlocking(() -> act.on(served.keeping(), retentionDays), false));
    }

    /** What an operator or the clock wants done with a log. */
    @FunctionalInterface
    public interface Act<T> {
        T on(Keeping keeping, int retentionDays) throws IOException;
    }

    private void noteStep(Ledger ledger, Duration step) {
        if (!step.isZero() && !ledger.dead()) {
            LOG.warn("the clock was set by {} ms", step.toMillis());
            append(ledger, List.of(ledger.ownEntries().clockStep(step)))
                    .onFailure(e -> LOG.warn("that the clock was set was not recorded: {}", e.getMessage()));
        }
    }

    private void prune() {
        keep(Keeping::prune)
                .onSuccess(pruned -> {
                    if (pruned.to() > pruned.from()) {
                        LOG.info("retention: {}", pruned.line());
                    }
                })
                .onFailure(e -> LOG.warn("retention: nothing was removed: {}", e.getMessage()));
    }

    private Future<Void> reconcile(Ledger ledger) {
        List<AuditEntry> orphaned = ledger.orphaned();
        if (orphaned.isEmpty() || ledger.dead()) {
            return Future.succeededFuture();
        }
        return append(ledger, orphaned)
                .onSuccess(_ -> LOG.warn("{} requests ended without an outcome", orphaned.size()))
                .onFailure(e -> LOG.warn("requests without an outcome were not recorded: {}", e.getMessage()));
    }

    private WorkerPresent present(String worker, Ledger ledger) {
        int unacked = ledger.unacked();
        return new WorkerPresent(
                worker, Role.AUDIT, "audit", options.node(), CAPACITY, unacked, unacked, 0, 0, "", options.build());
    }

    private Future<Void> leave() {
        Presence told = presence;
        presence = null;
        Future<Void> left = circle == null ? Future.succeededFuture() : circle.leave();
        return left.compose(_ -> told == null ? Future.succeededFuture() : told.leave(registrations));
    }

    @Override
    public Future<?> stop() {
        return leave().compose(_ -> serving.future())
                .compose(served -> vertx.executeBlocking(() -> {
                    served.ledger().close();
                    return null;
                }));
    }
}
