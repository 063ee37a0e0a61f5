package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The key of a data directory from which each tenant's key is derived: {@code keys/master.key}, 32 bytes, made at the
 * first start and readable by its owner alone. Who has it and the wrapped keys can read everything that is not erased.
 */
public final class MasterKey {

    private final Secret secret;

    private MasterKey(Secret secret) {
        this.secret = secret;
    }

    /** Reads the key of a place, or makes it. */
    static MasterKey in(LogFiles files, ContentPlace place) throws IOException {
        if (!Files.exists(place.masterKey())) {
            if (Files.exists(place.peppers())) {
                throw new ContentException(place.masterKey() + ": missing, and " + place.peppers()
                        + " holds what was wrapped with it (expected: the key from its backup)");
            }
            PrivateFiles.directory(files, place.keys());
            PrivateFiles.write(files, place.masterKey(), Secret.random().bytes());
        }
        return read(place.masterKey());
    }

    /** Reads a key that is there. */
    public static MasterKey read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ContentException(file + ": not there (expected: the key file of the data directory)");
        }
        if (bytes.length != Secret.LENGTH) {
            throw new ContentException(
                    file + ": " + bytes.length + " bytes (expected: a key of " + Secret.LENGTH + ")");
        }
        return new MasterKey(Secret.owning(bytes));
    }

    /** What a tenant's keys are wrapped with. */
    Secret tenantKey(String tenant) {
        return secret.derived("tenant key\n" + tenant);
    }
}
