package com.keeptrusts.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.audit.content.ContentException;
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
import java.util.Optional;
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
        return in(List.of(data), List.of(data));
    }

    /**
     * As {@link #in(Path)}, where requests came in on several nodes, which keep the salts, and were recorded on several.
     *
     * @param ledgers directories that hold logs
     * @param nodes directories that hold keys
     */
    static NodeSecret in(List<Path> ledgers, List<Path> nodes) throws IOException {
        List<ContentReading> readings = new ArrayList<>();
        for (Path node : nodes) {
            readings.add(ContentReading.of(
                    new ContentPlace(node), node.resolve("keys").resolve("master.key")));
        }
        Map<String, Bytes> salts = new HashMap<>();
        for (LedgerEntry entry : accepted(ledgers)) {
            for (ContentReading reading : readings) {
                salt(reading, entry).ifPresent(salt -> salts.put(entry.head().requestId(), salt));
            }
        }
        return new NodeSecret(salts::get);
    }

    private static List<LedgerEntry> accepted(List<Path> ledgers) throws IOException {
        List<LedgerEntry> accepted = new ArrayList<>();
        for (Path data : ledgers) {
            try (LedgerReader reader = LedgerReader.open(data)) {
                reader.read(EventQuery.ALL, entry -> {
                    if (entry.head().type().equals("request.accepted")) {
                        accepted.add(entry);
                    }
                });
            }
        }
        return accepted;
    }

    /** Empty as well where the key is another node's. */
    private static Optional<Bytes> salt(ContentReading reading, LedgerEntry entry) throws IOException {
        try {
            return reading.salt(entry);
        } catch (ContentException e) {
            return Optional.empty();
        }
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
