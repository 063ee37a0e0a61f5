package com.keeptrusts.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.keeptrusts.gateway.audit.AuditSettings.Content;
import com.keeptrusts.gateway.audit.AuditSettings.Durability;
import com.keeptrusts.gateway.audit.AuditSettings.OnUnavailable;
import com.keeptrusts.gateway.config.ConfigException;
import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class AuditSettingsTest {

    @Test
    void anEmptySectionHasTheDefaults() {
        assertThat(read("{}"))
                .isEqualTo(new AuditSettings(
                        true, 365, true, false, Content.COMMITMENT, Durability.DISPATCH, OnUnavailable.SPOOL));
    }

    @Test
    void everyKeyIsRead() {
        AuditSettings settings = read("""
                {"immutable": false, "retention_days": 2555, "log_all_access": false, "hipaa_audit_controls": true,
                 "content": "encrypted", "durability": "async", "on_unavailable": "fail_open"}""");

        assertThat(settings)
                .isEqualTo(new AuditSettings(
                        false, 2_555, false, true, Content.ENCRYPTED, Durability.ASYNC, OnUnavailable.FAIL_OPEN));
        assertThat(settings.asMap())
                .containsEntry("on_unavailable", "fail_open")
                .containsEntry("retention_days", 2_555);
    }

    @Test
    void theAccessHeadersBelongToTheHipaaControls() {
        assertThat(read("""
                        {"hipaa_audit_controls": true, "user_header": "x-user-id", "purpose_header": "x-purpose"}""").access()).isEqualTo(new AccessHeaders("x-user-id", "x-purpose"));
        assertThatThrownBy(() -> read("""
                {"user_header": "x-user-id", "purpose_header": "no header"}"""))
                .hasMessageContaining("user_header: read by nothing (expected: with hipaa_audit_controls: true)")
                .hasMessageContaining("purpose_header: no header name");
    }

    @Test
    void everyMistakeIsNamed() {
        assertThatThrownBy(() -> read("""
                {"imutable": true, "retention_days": 0, "content": "all", "durability": 1}"""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("policy.audit-logger.imutable")
                .hasMessageContaining("did you mean 'immutable'?")
                .hasMessageContaining("policy.audit-logger.retention_days: 0 (expected: 1 to 36500)")
                .hasMessageContaining("policy.audit-logger.content: 'all'")
                .hasMessageContaining("policy.audit-logger.durability: 1");
    }

    private static AuditSettings read(String json) {
        return Section.read("policy.audit-logger", new JsonObject(json), AuditSettings::from);
    }
}
