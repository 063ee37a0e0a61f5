package com.keeptrusts.gateway.node.evaluation;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Files of one JSON object per line (JSON Lines), read one line at a time, so that their size does not matter. */
public record DataFiles(List<Path> files) {

    public DataFiles {
        files = List.copyOf(files);
    }

    /** Takes a line; may throw {@link IllegalArgumentException} with what is wrong with it. */
    public interface Line {

        /** Takes one line; {@code number} counts from 1 within its file. */
        void read(JsonObject object, int number);
    }

    /** Reads every line that is not blank, in order; at most {@code most} of them. Throws {@link DataFileException}. */
    public void read(long most, Line line) throws IOException {
        long left = most;
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                int number = 0;
                for (String text = reader.readLine(); text != null && left > 0; text = reader.readLine()) {
                    number++;
                    if (!text.isBlank()) {
                        left--;
                        read(file, number, text, line);
                    }
                }
            } catch (NoSuchFileException _) {
                throw new DataFileException(file + ": no such file (expected: a file of one JSON object per line)");
            } catch (CharacterCodingException _) {
                throw new DataFileException(file + ": not UTF-8 (expected: a file of one JSON object per line)");
            }
        }
    }

    private static void read(Path file, int number, String text, Line line) {
        try {
            line.read(new JsonObject(text), number);
        } catch (DecodeException | ClassCastException _) {
            throw new DataFileException(file + ":" + number
                    + ": no JSON object (expected: one per line, as in {\"id\": \"a1\", \"text\": \"...\"})");
        } catch (IllegalArgumentException e) {
            throw new DataFileException(file + ":" + number + ": " + e.getMessage());
        }
    }
}
