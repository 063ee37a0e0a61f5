package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.ingress.IngressConfig;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.ReceivedConfig;
import com.keeptrusts.gateway.node.reload.Held;
import com.keeptrusts.gateway.node.reload.VersionOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the configuration in force and answers workers that ask for settings by digest. It switches at once; a request
 * that began under the older configuration can still get its settings.
 */
final class ConfigDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigDesk.class);
    private static final int SETTINGS_KEPT = 64;

    private final Vertx vertx;
    private final ConfigFiles files;
    private final Function<String, @Nullable String> environment;
    private volatile InForce current;
    private volatile String fileDigest;
    private final Map<String, Future<Registration>> answered = new LinkedHashMap<>();

    private ConfigDesk(Vertx vertx, ConfigFiles files, Function<String, @Nullable String> environment, InForce first) {
        this.vertx = vertx;
        this.files = files;
        this.environment = environment;
        this.current = first;
        this.fileDigest = first.config().digest();
    }

    /** A configuration and the ingress' view of it, switched together. */
    private record InForce(
            GatewayConfig config, IngressConfig ingress, ConfigVersion version, List<String> superseded) {}

    /**
     * Runs what the files say, or what the others run if the files hold no more than that, or what was in force before.
     *
     * @param running what the others run
     */
    static Future<ConfigDesk> open(
            Vertx vertx,
            String node,
            ConfigFiles files,
            Function<String, @Nullable String> environment,
            List<ConfigText> running) {
        return files.load().compose(config -> {
            long number = VersionOrder.numberAtStart(running);
            var own = new ConfigVersion(number, System.currentTimeMillis(), node, config.digest(), true);
            var desk = new ConfigDesk(
                    vertx,
                    files,
                    environment,
                    new InForce(config, IngressView.of(config, environment), own, List.of()));
            return desk.serve(config.settings())
                    .compose(_ -> desk.adopt(VersionOrder.adoptedAtStart(config.digest(), running)))
                    .map(desk);
        });
    }

    private Future<Void> adopt(Optional<ConfigText> running) {
        if (running.isEmpty()) {
            return Future.succeededFuture();
        }
        ConfigText text = running.get();
        if (text.version().digest().equals(fileDigest) && text.version().ownFiles()) {
            return Future.succeededFuture();
        }
        return ReceivedConfig.read(vertx, text.effective(), text.version()).transform(read -> {
            if (read.succeeded()) {
                return switchTo(read.result(), text.version(), text.superseded());
            }
            if (read.cause() instanceof ConfigException refused) {
                LOG.warn(
                        "What the others run cannot be run here, the files of this node count: {}",
                        refused.getMessage());
                return Future.succeededFuture();
            }
            return Future.failedFuture(read.cause());
        });
    }

    GatewayConfig current() {
        return current.config();
    }

    IngressConfig ingressView() {
        return current.ingress();
    }

    Held held() {
        InForce now = current;
        return new Held(now.version(), now.superseded(), now.config(), fileDigest);
    }

    /** Reads the files; what is in force stays. */
    Future<GatewayConfig> read() {
        return files.load().onSuccess(config -> fileDigest = config.digest());
    }

    /** Completes when every request that comes is served under this configuration. */
    Future<Void> switchTo(GatewayConfig config, ConfigVersion version, List<String> superseded) {
        return serve(config.settings()).map(_ -> {
            GatewayConfig before = current.config();
            current = new InForce(config, IngressView.of(config, environment), version, superseded);
            LOG.info(
                    "Runs pack {} of reload {} on {}: digest {} -> {}",
                    config.pack().label(),
                    version.number(),
                    version.node(),
                    before.digest(),
                    config.digest());
            if (!config.digest().equals(fileDigest)) {
                LOG.warn(
                        "The files of this node hold another configuration ({}); they count on a reload here",
                        fileDigest);
            }
            return null;
        });
    }

    private Future<Void> serve(List<Settings> settings) {
        synchronized (answered) {
            settings.forEach(one -> answered.computeIfAbsent(
                    one.digest(),
                    digest -> Bus.of(vertx).answer(Address.ofSettings(digest), _ -> Future.succeededFuture(one))));
            forgetOldest();
            return Future.all(settings.stream()
                            .map(one -> answered.get(one.digest()))
                            .toList())
                    .mapEmpty();
        }
    }

    private void forgetOldest() {
        var oldest = answered.values().iterator();
        while (answered.size() > SETTINGS_KEPT && oldest.hasNext()) {
            oldest.next().onSuccess(Registration::withdraw);
            oldest.remove();
        }
    }
}
