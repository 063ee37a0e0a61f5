package com.keeptrusts.gateway.ingress;

/**
 * What the ingress does for the ledger, taken from {@code policy.audit-logger}.
 *
 * @param enabled whether {@code audit-logger} is in the chain
 * @param logAllAccess whether plain successes are recorded one by one
 */
public record AuditSettings(
        boolean enabled,
        Durability durability,
        OnUnavailable onUnavailable,
        boolean logAllAccess,
        Content content,
        AccessControls access) {

    /** Without access headers. */
    public AuditSettings(
            boolean enabled,
            Durability durability,
            OnUnavailable onUnavailable,
            boolean logAllAccess,
            Content content,
            boolean hipaaControls) {
        this(enabled, durability, onUnavailable, logAllAccess, content, new AccessControls(hipaaControls, null, null));
    }

    /** No audit at all: {@code audit-logger} is not in the chain. */
    public static final AuditSettings OFF =
            new AuditSettings(false, Durability.ASYNC, OnUnavailable.FAIL_OPEN, false, Content.NONE, false);

    /** The defaults of a chain that names {@code audit-logger} without settings. */
    public static final AuditSettings DEFAULT =
            new AuditSettings(true, Durability.DISPATCH, OnUnavailable.SPOOL, true, Content.COMMITMENT, false);

    /** Which step waits for which entry. */
    public enum Durability {
        /** The provider is called when {@code accepted} is durable, the end of the answer leaves when {@code outcome} is. */
        DISPATCH,
        /** Only the end of the answer waits. */
        ANSWER,
        /** Nothing waits. */
        ASYNC;

        boolean beforeDispatch() {
            return this == DISPATCH;
        }

        boolean beforeAnswer() {
            return this != ASYNC;
        }
    }

    /** What to do when no writer takes an entry. */
    public enum OnUnavailable {
        FAIL_CLOSED,
        SPOOL,
        FAIL_OPEN
    }

    /** What an entry tells about the texts. */
    public enum Content {
        /** Nothing. */
        NONE,
        /** Commitments, which can be tested as long as their salt is there. */
        COMMITMENT,
        /** Those, and the texts as policies left them, encrypted beside the ledger. */
        ENCRYPTED
    }
}
