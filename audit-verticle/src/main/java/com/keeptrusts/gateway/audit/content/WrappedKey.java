package com.keeptrusts.gateway.audit.content;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it stands in a file of its own, wrapped with its tenant's key (AES-256-GCM, bound to tenant and name).
 *
 * @param id what entries call it; two that followed each other under one name have different ones
 */
record WrappedKey(String id, String tenant, Secret secret) {

    private static final int FORMAT = 1;
    private static final long MOST_BYTES = 4_096;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What one request's commitments are made with. */
    Bytes salt(String requestId) {
        return Bytes.owning(secret.derived("salt\n" + requestId).bytes());
    }

    /** What one request's texts are encrypted with. */
    Secret blobKey(String requestId) {
        return secret.derived("blob\n" + requestId);
    }

    void write(LogFiles files, MasterKey master, Path file) throws IOException {
        byte[] sealed = master.tenantKey(tenant).seal(secret.bytes(), bound(id, tenant));
        byte[] json = CanonicalJson.write(Map.of(
                "v",
                FORMAT,
                "id",
                id,
                "tenant",
                tenant,
                "wrapped",
                Base64.getEncoder().encodeToString(sealed)));
        PrivateFiles.write(files, file, json);
    }

    /** Null when there is no such file. */
    static @Nullable WrappedKey read(MasterKey master, Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ContentException(file + ": too long for a wrapped key");
            }
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json.path("v").asInt() != FORMAT) {
                throw new ContentException(file + ": no wrapped key of format " + FORMAT);
            }
            String id = json.path("id").asText();
            String tenant = json.path("tenant").asText();
            byte[] sealed = Base64.getDecoder().decode(json.path("wrapped").asText());
            return new WrappedKey(
                    id, tenant, Secret.owning(master.tenantKey(tenant).open(sealed, bound(id, tenant))));
        } catch (NoSuchFileException e) {
            return null;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ContentException(file + ": no wrapped key");
        } catch (ContentException e) {
            throw new ContentException(
                    file + ": " + e.getMessage() + " (expected: the master key it was wrapped with)");
        }
    }

    private static String bound(String id, String tenant) {
        return "key " + id + "\n" + tenant;
    }
}
