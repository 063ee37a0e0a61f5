package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** What entries call a store, so that who verifies knows which texts should be here: {@code content/store}. */
public final class StoreId {

    private StoreId() {}

    static String of(LogFiles files, ContentPlace place) throws IOException {
        PrivateFiles.directory(files, place.content());
        if (!Files.exists(file(place))) {
            byte[] fresh = (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
            PrivateFiles.write(files, file(place), fresh);
        }
        return read(place);
    }

    /** Empty where there is none. */
    public static String read(ContentPlace place) throws IOException {
        return Files.isRegularFile(file(place)) ? Files.readString(file(place)).strip() : "";
    }

    private static Path file(ContentPlace place) {
        return place.content().resolve("store");
    }
}
