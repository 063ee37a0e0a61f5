package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.audit.content.ContentPlace;
import com.keeptrusts.gateway.audit.content.ContentReading;
import com.keeptrusts.gateway.audit.ledger.LedgerEntry;
import com.keeptrusts.gateway.audit.read.EventQuery;
import com.keeptrusts.gateway.audit.read.LedgerReader;
import com.keeptrusts.gateway.contract.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What the owner of a data directory has to tell which text an entry is about (docs/audit-content.md). */
final class NodeSecret {

    private final Function<String, @Nullable Bytes> salts;

    /** With a salt for each request id. */
    NodeSecret(Function<String, @Nullable Bytes> salts) {
        this.salts = salts;
    }

    /** The salts of all requests that the ledger of a directory has accepted. */
    static NodeSecret in(Path data) throws IOException {
        ContentReading reading =
                ContentReading.of(new ContentPlace(data), data.resolve("keys").resolve("master.key"));
        List<LedgerEntry> accepted = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(data)) {
            reader.read(EventQuery.ALL, entry -> {
                if (entry.head().type().equals("request.accepted")) {
                    accepted.add(entry);
                }
            });
        }
        Map<String, Bytes> salts = new HashMap<>();
        for (LedgerEntry entry : accepted) {
            reading.salt(entry).ifPresent(salt -> salts.put(entry.head().requestId(), salt));
        }
        return new NodeSecret(salts::get);
    }

    /** The commitment that the entry of this request has if the body was this one; empty without a salt. */
    String commitment(String requestId, String body) {
        Bytes salt = salts.apply(requestId);
        return salt == null ? "" : HexFormat.of().formatHex(mac(salt.array(), body));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
