package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.audit.AuditOptions;
import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.audit.AuditVerticle;
import com.keeptrusts.gateway.audit.anchor.AnchorReport;
import com.keeptrusts.gateway.contract.Role;
import com.keeptrusts.gateway.ingress.FailMode;
import com.keeptrusts.gateway.ingress.IngressLimits;
import com.keeptrusts.gateway.ingress.IngressOptions;
import com.keeptrusts.gateway.ingress.IngressStatus;
import com.keeptrusts.gateway.ingress.IngressVerticle;
import com.keeptrusts.gateway.ingress.Spool;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import com.keeptrusts.gateway.policy.PolicyLimits;
import com.keeptrusts.gateway.policy.PolicyNode;
import com.keeptrusts.gateway.policy.PolicyOptions;
import com.keeptrusts.gateway.policy.PolicyVerticle;
import com.keeptrusts.gateway.provider.ProviderOptions;
import com.keeptrusts.gateway.provider.ProviderVerticle;
import com.keeptrusts.gateway.provider.target.TargetBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deploys the verticles of a role. A verticle is given everything through its options and meets the others on the bus. */
final class Rooms {

    private static final int MOST_WORKERS_BY_DEFAULT = 4;

    private final Vertx vertx;
    private final List<Lane> lanes;
    private final NodeOptions options;
    private final String node;
    private final MeterRegistry meters;
    private final @Nullable ConfigDesk desk;
    private final Console console;
    private final IngressStatus status = new IngressStatus(Build.version());
    private final TargetBoard board;
    private final List<AuditVerticle> writers = new CopyOnWriteArrayList<>();
    private final List<IngressVerticle> doors = new CopyOnWriteArrayList<>();
    private final List<ProviderVerticle> providers = new CopyOnWriteArrayList<>();
    private volatile @Nullable ContentDesk contentDesk;

    Rooms(
            Vertx vertx,
            List<Lane> lanes,
            NodeOptions options,
            String node,
            MeterRegistry meters,
            @Nullable ConfigDesk desk,
            Console console) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.options = options;
        this.node = node;
        this.meters = meters;
        this.desk = desk;
        this.console = console;
        this.board = new TargetBoard(options.maxConcurrency());
    }

    /** A part of the house that was opened and how to close it; closing completes when it is done with its work. */
    record Room(String name, Supplier<Future<Void>> closing) {

        Future<Void> close() {
            return closing.get();
        }
    }

    IngressStatus status() {
        return status;
    }

    /** How the targets fare, as this node's provider workers see it. */
    JsonObject providerReport() {
        var targets = new JsonArray();
        board.report().forEach(report -> targets.add(JsonObject.mapFrom(report)));
        return new JsonObject().put("targets", targets);
    }

    /** Where operators act on texts and keys; null without an ingress. */
    @Nullable
    ContentDesk contentDesk() {
        return contentDesk;
    }

    /** How the places outside that keep this node's checkpoints stand. */
    JsonArray anchorReport() {
        var anchors = new JsonArray();
        writers.forEach(writer -> writer.anchors().forEach(report -> anchors.add(row(report))));
        return anchors;
    }

    private static JsonObject row(AnchorReport report) {
        return new JsonObject()
                .put("name", report.name())
                .put("age_seconds", report.ageSeconds() < 0 ? null : report.ageSeconds())
                .put("size", report.size())
                .put("failure", report.failure());
    }

    int port() {
        return status.port();
    }

    /** Asks the ledger whether a configuration keeps what the ledger has promised. */
    Future<Void> consent(GatewayConfig config) {
        AuditSettings settings = config.audit();
        return settings == null ? Future.succeededFuture() : eachWriter(writer -> writer.consent(settings));
    }

    /** Asks the same, and records the configuration as active. */
    Future<Void> activate(GatewayConfig config) {
        AuditSettings settings = config.audit();
        return settings == null
                ? Future.succeededFuture()
                : eachWriter(writer -> writer.activate(settings, config.digest()));
    }

    /** Records that a configuration was refused. */
    Future<Void> rejected(String inForce, String refused, String reason) {
        return eachWriter(writer -> writer.rejected(inForce, refused, reason));
    }

    private Future<Void> eachWriter(Function<AuditVerticle, Future<Void>> act) {
        return Future.all(writers.stream().map(act).toList()).mapEmpty();
    }

    /** Does the same with the log of each of this node's writers; fails when it has none. */
    <T> Future<List<T>> keep(AuditVerticle.Act<T> act) {
        if (writers.isEmpty()) {
            return Future.failedFuture(new NoWriterException());
        }
        List<Future<T>> acts = writers.stream().map(writer -> writer.keep(act)).toList();
        return Future.all(acts).map(_ -> acts.stream().map(Future::result).toList());
    }

    /** This process has no audit role. */
    static final class NoWriterException extends Exception {

        private static final long serialVersionUID = 1;

        NoWriterException() {
            super("this process writes no ledger (expected: a node with the role audit)");
        }
    }

    /** A node that is gone answers nothing any more: whoever waits for it is told. */
    void nodeGone(String gone) {
        doors.forEach(door -> door.nodeLeft(gone));
        providers.forEach(provider -> provider.nodeLeft(gone));
    }

    /** Completes when every verticle of the role serves. */
    Future<List<Room>> open(Role role) {
        return switch (role) {
            case AUDIT -> room("audit", List.of(audit()));
            case POLICY -> room("policies", policies());
            case PROVIDER -> room("provider", provider());
            case INGRESS -> ingressRoom();
        };
    }

    private Future<List<Room>> room(String name, List<? extends Deployable> verticles) {
        List<Future<Void>> started = new ArrayList<>();
        for (int n = 0; n < verticles.size(); n++) {
            started.add(lane(n).start(verticles.get(n)));
        }
        return Future.all(started).map(_ -> List.of(new Room(name, () -> close(verticles))));
    }

    private Future<Void> close(List<? extends Deployable> verticles) {
        List<Future<Void>> stopped = new ArrayList<>();
        for (int n = 0; n < verticles.size(); n++) {
            stopped.add(lane(n).stop(verticles.get(n)));
        }
        return Future.join(stopped).mapEmpty();
    }

    /** Workers of the same number meet on the same lane. */
    private Lane lane(int n) {
        return lanes.get(n % lanes.size());
    }

    /** The spool opens before the door and closes behind it. */
    private Future<List<Room>> ingressRoom() {
        return NodeSpool.open(vertx, node, options.dataDir(), console, meters)
                .compose(spool -> NodeVault.open(vertx, options.dataDir())
                        .compose(vault -> room("ingress", ingress(spool, vault)).map(door -> {
                            var spoolRoom = new Room("spool", spool::close);
                            return List.of(spoolRoom, vaultRoom(vault), door.getFirst());
                        })));
    }

    private Room vaultRoom(NodeVault vault) {
        var records = new NearestWriter(vertx, node, console);
        var opened = new ContentDesk(vertx, vault, records, node, options.dataDir(), this::retentionDays);
        contentDesk = opened;
        return new Room("vault", () -> {
            opened.close();
            return vault.close();
        });
    }

    private int retentionDays() {
        AuditSettings settings = desk == null ? null : desk.current().audit();
        return settings == null ? AuditSettings.DEFAULT.retentionDays() : settings.retentionDays();
    }

    private AuditVerticle audit() {
        GatewayConfig config = desk == null ? null : desk.current();
        AuditSettings asked = config == null ? null : config.audit();
        AuditSettings settings = asked == null ? AuditSettings.DEFAULT : asked;
        String digest = config == null || asked == null ? "" : config.digest();
        var writer =
                new AuditVerticle(AuditOptions.of(node, Build.version(), options.dataDir(), 0, settings, digest, meters)
                        .withEnvironment(options.environment())
                        .withStore(settings.store().open(vertx, options.environment(), NodeName.host())));
        writers.add(writer);
        return writer;
    }

    private List<PolicyVerticle> policies() {
        PolicyCatalog catalog = PolicyCatalog.installed();
        var shared = new PolicyNode(
                node, catalog, meters, Build.version(), PolicyLimits.DEFAULT.withFarewell(options.drainTimeout()));
        List<PolicyVerticle> verticles = new ArrayList<>();
        for (String kind : served(catalog.kinds())) {
            for (int n = 0; n < instances(kind); n++) {
                verticles.add(new PolicyVerticle(new PolicyOptions(kind, n, shared)));
            }
        }
        return verticles;
    }

    private List<ProviderVerticle> provider() {
        List<ProviderVerticle> verticles = new ArrayList<>();
        for (int n = 0; n < workersByDefault(); n++) {
            verticles.add(new ProviderVerticle(ProviderOptions.of(
                            node, n, options.environment(), options.upstream(), board, meters, Build.version())
                    .withDrainLimit(options.drainTimeout())));
        }
        providers.addAll(verticles);
        return verticles;
    }

    private List<IngressVerticle> ingress(Spool spool, NodeVault vault) {
        ConfigDesk configs = Objects.requireNonNull(desk, "an ingress has a configuration");
        FailMode failMode = options.failOpen() ? FailMode.ALLOW : FailMode.BLOCK;
        List<IngressVerticle> verticles = new ArrayList<>();
        for (int n = 0; n < workersByDefault(); n++) {
            verticles.add(new IngressVerticle(IngressOptions.of(
                            node,
                            n,
                            options.listen().host(),
                            options.listen().port(),
                            failMode,
                            options.drainTimeout(),
                            configs::ingressView,
                            meters,
                            spool,
                            vault,
                            status)
                    .withNotice(options.drainNotice())
                    .with(limits())));
        }
        doors.addAll(verticles);
        return verticles;
    }

    private IngressLimits limits() {
        int most = options.maxConnections();
        return most == 0 ? IngressLimits.DEFAULT : IngressLimits.DEFAULT.withConnections(most);
    }

    /** The kinds named with the role; else those of this node's chain; else, without a configuration, all there are. */
    private Collection<String> served(Collection<String> installed) {
        if (!options.roles().kinds().isEmpty()) {
            return options.roles().kinds().keySet();
        }
        return desk == null ? installed : desk.current().policies().keySet();
    }

    private int instances(String kind) {
        Integer asked = options.policyInstances().get(kind);
        if (asked == null) {
            asked = options.roles().kinds().get(kind);
        }
        return asked == null ? workersByDefault() : asked;
    }

    private static int workersByDefault() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS_BY_DEFAULT);
    }
}
