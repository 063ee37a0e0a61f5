package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.contract.Bytes;
import org.jspecify.annotations.Nullable;

/** Whose texts a request brings: a person who was named, or those of one client key on one day who were not. */
public final class Subject {

    private final @Nullable String pseudonym;
    private final @Nullable WrappedKey key;

    Subject(@Nullable String pseudonym, @Nullable WrappedKey key) {
        this.pseudonym = pseudonym;
        this.key = key;
    }

    /** Of the person; null where none was named. */
    public @Nullable String pseudonym() {
        return pseudonym;
    }

    /** Names the key that the texts are kept under; null where nothing is kept of them, not even a commitment. */
    public @Nullable String keyId() {
        return key == null ? null : key.id();
    }

    /** The salt of one request's commitments; null without a key. */
    public @Nullable Bytes salt(String requestId) {
        return key == null ? null : key.salt(requestId);
    }
}
