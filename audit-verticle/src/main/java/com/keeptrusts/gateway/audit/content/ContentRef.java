package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code ct} of an entry: where a request's texts are, under which key, and the SHA-256 of the blob.
 *
 * @param store the data directory that holds them
 * @param length of the texts, in bytes
 */
record ContentRef(String store, BlobRef blob, String keyId, long length, String hash) {

    private static final byte[] MEMBER = "\"ct\":{".getBytes(StandardCharsets.US_ASCII);

    static ContentRef of(String store, PackWriter.Stored stored, String keyId, int length) {
        return new ContentRef(
                store, stored.place(), keyId, length, sha256(stored.bytes().array()));
    }

    /** Reads what {@link #toMap} gave. */
    static ContentRef of(Map<String, Object> ct) throws ContentException {
        return new ContentRef(
                String.valueOf(ct.get("store")),
                BlobRef.parse(String.valueOf(ct.get("blob"))),
                String.valueOf(ct.get("key")),
                ct.get("length") instanceof Number length ? length.longValue() : 0,
                String.valueOf(ct.get("hash")));
    }

    Map<String, Object> toMap() {
        return Map.of(
                "blob", blob.toString(),
                "cipher", Secret.CIPHER,
                "hash", hash,
                "key", keyId,
                "length", length,
                "store", store);
    }

    /** Null where an entry refers to no texts. */
    static @Nullable ContentRef in(Bytes leaf) throws ContentException {
        if (!contains(leaf.array(), MEMBER)) {
            return null;
        }
        JsonNode ct = member(leaf, "ct");
        if (ct == null || ct.kind() != JsonKind.OBJECT || ct.member("blob") == null) {
            return null;
        }
        JsonNode length = ct.member("length");
        return new ContentRef(
                text(ct, "store"),
                BlobRef.parse(text(ct, "blob")),
                text(ct, "key"),
                length == null ? 0 : length.asLong(0),
                text(ct, "hash"));
    }

    /** The key that the salt of an entry's commitments depends on; empty where it has none. */
    static String committedUnder(Bytes leaf) {
        JsonNode cm = member(leaf, "cm");
        return cm == null || cm.kind() != JsonKind.OBJECT ? "" : text(cm, "key");
    }

    /** A text member of an entry; empty where it has none. */
    static String text(Bytes leaf, String name) {
        JsonNode found = member(leaf, name);
        return found == null || found.kind() != JsonKind.STRING ? "" : found.text();
    }

    /** Null also where an entry is no JSON. */
    private static @Nullable JsonNode member(Bytes leaf, String name) {
        try {
            JsonNode root = JsonDocument.parse(leaf.array()).root();
            return root.kind() == JsonKind.OBJECT ? root.member(name) : null;
        } catch (JsonRefusal e) {
            return null;
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String text(JsonNode object, String name) {
        JsonNode found = object.member(name);
        return found == null || found.kind() != JsonKind.STRING ? "" : found.text();
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
