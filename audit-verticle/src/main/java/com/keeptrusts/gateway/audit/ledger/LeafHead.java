package com.keeptrusts.gateway.audit.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log itself must know of a leaf; the rest of it is not looked at.
 *
 * @param requestId empty for entries that tell of no request
 * @param seq position within the request
 * @param of how many records the request has; 0 where the leaf does not say, which only the last one does
 * @param time wall clock at the origin; the epoch where it is missing
 * @param deadlineMillis of the request, or 0
 */
public record LeafHead(String id, String type, String requestId, int seq, int of, Instant time, long deadlineMillis) {

    public static final String ACCEPTED = "request.accepted";
    public static final String OUTCOME = "request.outcome";
    public static final String ORPHANED = "request.orphaned";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(65_535)
                    .build())
            .build();

    /** Empty text in {@code id} and {@code type} where the leaf has none. Null when the bytes are no JSON object. */
    public static @Nullable LeafHead read(byte[] leaf) {
        try (JsonParser in = JSON.createParser(leaf)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var head = new Members();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                head.take(in);
            }
            return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null ? head.head() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Collects the members as they come. */
    private static final class Members {

        private String id = "";
        private String type = "";
        private String requestId = "";
        private int seq;
        private int of;
        private Instant time = Instant.EPOCH;
        private long deadlineMillis;

        void take(JsonParser in) throws IOException {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "id" -> id = text(in);
                case "type" -> type = text(in);
                case "rid" -> requestId = text(in);
                case "t" -> time = time(text(in));
                case "seq" -> seq = in.getValueAsInt();
                case "of" -> of = in.getValueAsInt();
                case "ask" -> deadlineMillis = deadline(in);
                default -> {}
            }
            in.skipChildren();
        }

        private static String text(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        }

        private static Instant time(String text) {
            try {
                return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
            } catch (DateTimeException e) {
                return Instant.EPOCH;
            }
        }

        private static long deadline(JsonParser in) throws IOException {
            long found = 0;
            if (in.currentToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = in.currentName().equals("deadline_ms");
                    in.nextToken();
                    found = wanted ? in.getValueAsLong() : found;
                    in.skipChildren();
                }
            }
            return found;
        }

        LeafHead head() {
            return new LeafHead(id, type, requestId, seq, of, time, deadlineMillis);
        }
    }
}
