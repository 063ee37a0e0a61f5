package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, apart from the ledger, what ties its entries to persons: the names that stand for them, the salts of their
 * commitments and, where wanted, their texts. All of it can be erased and the ledger stays as it is.
 */
public interface Vault {

    /**
     * Who a request is attributed to; at once for whoever was here lately, else after a look at the disk.
     *
     * @param user as the request names the person, or null
     * @param keyed whether anything is kept of the texts, a commitment or more
     */
    Future<Subject> subject(String requestId, String tenant, String clientKey, @Nullable String user, boolean keyed);

    /** What stands for an address. Never waits. */
    String pseudonymOfAddress(String address);

    /** What stands for the key by which a client names all attempts at the same thing. Never waits. */
    String pseudonymOfIdempotencyKey(String key);

    /**
     * Puts texts on the disk, encrypted under a subject's key. Completes, on the caller's context, with the member
     * {@code ct} of the entry when they are flushed; fails when they are not kept.
     */
    Future<Map<String, Object>> keep(String requestId, String keyId, Bytes in, Bytes out);

    /**
     * Whose texts a request brings.
     *
     * @param pseudonym of the person; null where none was named
     * @param keyId of the key that salt and texts depend on; null where nothing is kept
     * @param salt of this request's commitments; null where nothing is kept
     */
    record Subject(
            @Nullable String pseudonym,
            @Nullable String keyId,
            @Nullable Bytes salt) {

        /** Of a request that was not attributed to anyone. */
        public static final Subject NONE = new Subject(null, null, null);
    }
}
