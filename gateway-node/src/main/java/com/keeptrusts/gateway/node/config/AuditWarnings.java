package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.audit.AuditSettings;
import com.keeptrusts.gateway.audit.AuditSettings.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is valid in {@code policy.audit-logger} and yet probably not meant. */
final class AuditWarnings {

    /** Six years, 45 CFR 164.316(b)(2)(i). */
    private static final int HIPAA_DAYS = 2_190;

    private AuditWarnings() {}

    static List<String> of(@Nullable AuditSettings audit, List<String> chain) {
        var warnings = new ArrayList<String>();
        if (audit != null && audit.hipaaAuditControls() && audit.retentionDays() < HIPAA_DAYS) {
            warnings.add("policy.audit-logger.retention_days: " + audit.retentionDays()
                    + " with hipaa_audit_controls (expected: at least " + HIPAA_DAYS + ", six years)");
        }
        if (audit != null && audit.content() == Content.ENCRYPTED && !chain.contains("pii-detector")) {
            warnings.add(
                    "policy.audit-logger.content: encrypted keeps texts as policies leave them, and no pii-detector"
                            + " is in policies.chain, so they are kept as they come");
        }
        return warnings;
    }
}
