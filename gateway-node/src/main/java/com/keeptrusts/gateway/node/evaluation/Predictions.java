package com.keeptrusts.gateway.node.evaluation;

import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object per line as they come, or nothing when nobody asked for them. */
final class Predictions implements Closeable {

    private final @Nullable BufferedWriter writer;

    private Predictions(@Nullable BufferedWriter writer) {
        this.writer = writer;
    }

    /** Replaces the file; refuses to replace one of the data files. */
    static Predictions to(@Nullable Path file, DataFiles data) throws IOException {
        if (file == null) {
            return new Predictions(null);
        }
        for (Path read : data.files()) {
            if (Files.exists(file) && Files.exists(read) && Files.isSameFile(file, read)) {
                throw new DataFileException(file + ": given as --data and as --predictions (expected: two files)");
            }
        }
        return new Predictions(Files.newBufferedWriter(file));
    }

    void write(JsonObject prediction) {
        if (writer == null) {
            return;
        }
        try {
            writer.write(prediction.encode());
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
