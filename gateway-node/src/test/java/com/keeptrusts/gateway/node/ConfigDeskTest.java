package com.keeptrusts.gateway.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.ConfigText;
import com.keeptrusts.gateway.contract.ConfigVersion;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.contract.SettingsCall;
import com.keeptrusts.gateway.ingress.IngressConfig;
import com.keeptrusts.gateway.node.config.ConfigFiles;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ConfigDeskTest {

    @TempDir
    private Path folder;

    private Vertx vertx;

    @BeforeEach
    void openBus(Vertx found) {
        vertx = found;
        Bus.prepare(vertx);
    }

    @Test
    void whoBeganUnderTheOldConfigurationStillGetsItsSettings() throws Exception {
        ConfigDesk desk = open("block", List.of());
        IngressConfig before = desk.ingressView();
        GatewayConfig next = load("redact");

        desk.switchTo(next, reload(1, next), List.of()).await(10, SECONDS);

        assertThat(desk.current().digest()).isEqualTo(next.digest());
        assertThat(settings(before.chain().getFirst().settingsDigest()).json().toUtf8())
                .contains("block");
        assertThat(settings(desk.ingressView().chain().getFirst().settingsDigest())
                        .json()
                        .toUtf8())
                .contains("redact");
        assertThat(settings(before.providerDigest()).digest()).isEqualTo(before.providerDigest());
    }

    @Test
    void olderFilesGiveWayToWhatTheOthersRunAndNewOnesDoNot() throws Exception {
        GatewayConfig running = load("redact");
        GatewayConfig older = load("block");
        var text = new ConfigText(reload(4, running), List.of(older.digest()), running.canonical());

        ConfigDesk left = open("block", List.of(text));
        assertThat(left.held().version()).isEqualTo(text.version());
        assertThat(left.held().fileDigest()).isEqualTo(older.digest());
        assertThat(left.current().digest()).isEqualTo(running.digest());

        var other = new ConfigText(reload(4, running), List.of(), running.canonical());
        ConfigDesk fresh = open("block", List.of(other));
        assertThat(fresh.current().digest()).isEqualTo(older.digest());
        assertThat(fresh.held().version().ownFiles()).isTrue();
        assertThat(fresh.held().version().number()).isEqualTo(4);
    }

    @Test
    void whatTheOthersRunAndThisNodeCannotReadLeavesItsFilesInForce() throws Exception {
        GatewayConfig older = load("block");
        GatewayConfig running = load("redact");
        var damaged = new ConfigText(reload(4, running), List.of(older.digest()), older.canonical());

        assertThat(open("block", List.of(damaged)).current().digest()).isEqualTo(older.digest());
    }

    private ConfigDesk open(String action, List<ConfigText> running) throws Exception {
        return ConfigDesk.open(vertx, "a", files(action), _ -> null, running).await(10, SECONDS);
    }

    private GatewayConfig load(String action) throws Exception {
        return files(action).load().await(10, SECONDS);
    }

    private ConfigFiles files(String action) throws Exception {
        Path file = Files.writeString(folder.resolve(action + ".yaml"), """
                pack: {name: p, version: 1.0.0}
                policies: {chain: [pii-detector]}
                policy: {pii-detector: {action: %s}}
                providers: {targets: [{id: a, provider: cerebras}]}
                """.formatted(action));
        return new ConfigFiles(vertx, List.of(file));
    }

    private Settings settings(String digest) throws Exception {
        return Bus.of(vertx)
                .ask(Address.ofSettings(digest), new SettingsCall(digest), Duration.ofSeconds(5))
                .await(10, SECONDS);
    }

    private static ConfigVersion reload(long number, GatewayConfig config) {
        return new ConfigVersion(number, 1, "b", config.digest(), false);
    }
}
