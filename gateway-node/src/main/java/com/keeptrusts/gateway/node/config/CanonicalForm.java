package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.json.CanonicalJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration as canonical JSON (RFC 8785), named by its SHA-256. */
final class CanonicalForm {

    private CanonicalForm() {}

    static Settings of(JsonObject json) {
        byte[] canonical = CanonicalJson.write(plain(json));
        return new Settings(digest(canonical), Bytes.owning(canonical));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static Map<String, Object> plain(JsonObject json) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : json.fieldNames()) {
            members.put(name, plainValue(json.getValue(name)));
        }
        return members;
    }

    private static @Nullable Object plainValue(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> plain(object);
            case JsonArray array -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    elements.add(plainValue(array.getValue(i)));
                }
                yield elements;
            }
            case null -> null;
            default -> value;
        };
    }
}
