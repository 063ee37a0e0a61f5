package com.keeptrusts.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.postgres.PostgresSettings;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void entriesAreKeptInSegmentsUnlessTheSettingsSayOtherwise() {
        assertThat(read("{}").store()).isEqualTo(StoreSettings.SEGMENTS);
        assertThat(read("""
                {"store": {"kind": "segments"}}""").store()).isEqualTo(StoreSettings.SEGMENTS);
    }

    @Test
    void aDatabaseNeedsNoMoreThanItsUrl() {
        AuditSettings settings = read("""
                {"store": {"kind": "postgres", "url": "postgresql://gateway@db.example/audit"}}""");

        assertThat(settings.store().postgres())
                .isEqualTo(new PostgresSettings(
                        new PostgresSettings.Server("db.example", 5_432, "audit", "gateway"),
                        null,
                        null,
                        true,
                        null,
                        null,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30)));
        assertThat(settings.asMap()).containsEntry("store", "postgres");
    }

    @Test
    void everyKeyIsRead() {
        AuditSettings settings = read("""
                {"store": {"kind": "postgres", "url": "postgresql://gateway@127.0.0.1:6000/audit", "name": "eu-1",
                 "password_ref": {"env": "PG_PASSWORD"}, "tls": true, "ca": "/etc/db.pem",
                 "key_ref": {"env": "AUDIT_KEY"}, "connect_ms": 1000, "commit_ms": 2000, "recovery_ms": 3000}}""");

        assertThat(settings.store().postgres())
                .isEqualTo(new PostgresSettings(
                        new PostgresSettings.Server("127.0.0.1", 6_000, "audit", "gateway"),
                        "eu-1",
                        "PG_PASSWORD",
                        true,
                        "/etc/db.pem",
                        "AUDIT_KEY",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
    }

    @Test
    void everyMistakeIsNamed() {
        assertThatThrownBy(() -> read("""
                {"store": {"kind": "postgres", "url": "mysql://gateway@db/audit", "recovery_ms": 1, "pasword_ref": {}}}"""))
                .hasMessageContaining("policy.audit-logger.store.url: cannot be read")
                .hasMessageContaining("postgresql://user@host:5432/database")
                .hasMessageContaining("policy.audit-logger.store.recovery_ms: 1 (expected: 1000 to 600000)")
                .hasMessageContaining("did you mean 'password_ref'?");
        assertThatThrownBy(() -> read("""
                {"store": {"kind": "postgress"}}""")).hasMessageContaining("policy.audit-logger.store.kind: 'postgress'");
        assertThatThrownBy(() -> read("""
                {"store": {"kind": "postgres"}}""")).hasMessageContaining("policy.audit-logger.store.url: missing");
        assertThatThrownBy(() -> read("""
                {"store": {"url": "postgresql://gateway@db/audit"}}""")).hasMessageContaining("policy.audit-logger.store.url: unknown key");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> read("""
                {"store": {"kind": "postgres", "url": "postgresql://gateway:hunter2@db/audit"}}"""))
                .hasMessageContaining("policy.audit-logger.store.url: has a password in it")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void offLoopbackThereIsTls() {
        assertThatThrownBy(() -> read("""
                {"store": {"kind": "postgres", "url": "postgresql://gateway@db/audit", "tls": false}}""")).hasMessageContaining("policy.audit-logger.store.tls: false off loopback");
        assertThat(read("""
                {"store": {"kind": "postgres", "url": "postgresql://gateway@127.0.0.1/audit", "tls": false}}""").store().kind()).isEqualTo("postgres");
    }

    private static AuditSettings read(String json) {
        return Section.read("policy.audit-logger", new JsonObject(json), AuditSettings::from);
    }
}
