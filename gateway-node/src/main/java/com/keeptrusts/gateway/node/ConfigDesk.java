package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Registration;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.ingress.IngressConfig;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the configuration in force and answers workers that ask for settings by digest. A reload checks the files as a
 * whole and then switches at once; a request that began under the older configuration can still get its settings.
 */
final class ConfigDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigDesk.class);
    private static final int SETTINGS_KEPT = 64;

    private final Vertx vertx;
    private final ConfigFiles files;
    private final Function<String, @Nullable String> environment;
    private volatile InForce current;
    private final Map<String, Future<Registration>> answered = new LinkedHashMap<>();

    private ConfigDesk(
            Vertx vertx, ConfigFiles files, Function<String, @Nullable String> environment, GatewayConfig first) {
        this.vertx = vertx;
        this.files = files;
        this.environment = environment;
        this.current = InForce.of(first, environment);
    }

    /** A configuration and the ingress' view of it, switched together. */
    private record InForce(GatewayConfig config, IngressConfig ingress) {

        static InForce of(GatewayConfig config, Function<String, @Nullable String> environment) {
            return new InForce(config, IngressView.of(config, environment));
        }
    }

    static Future<ConfigDesk> open(Vertx vertx, ConfigFiles files, Function<String, @Nullable String> environment) {
        return files.load().compose(config -> {
            var desk = new ConfigDesk(vertx, files, environment, config);
            return desk.serve(config.settings()).map(desk);
        });
    }

    GatewayConfig current() {
        return current.config();
    }

    IngressConfig ingressView() {
        return current.ingress();
    }

    /**
     * Switches to what the files say now; fails, and changes nothing, when they are not valid.
     *
     * @param consent asked before the switch; its failure is a refusal too
     */
    Future<GatewayConfig> reload(Function<GatewayConfig, Future<Void>> consent) {
        return files.load()
                .compose(config -> consent.apply(config)
                        .compose(_ -> serve(config.settings()))
                        .map(config))
                .onSuccess(config -> {
                    GatewayConfig before = current.config();
                    current = InForce.of(config, environment);
                    LOG.info(
                            "Reloaded pack {}: digest {} -> {}",
                            config.pack().label(),
                            before.digest(),
                            config.digest());
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
