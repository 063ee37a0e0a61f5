package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonLimits;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of a streamed answer, each only as far as it must be. */
public final class ChunkReader {

    private final boolean everyPiece;
    private final boolean texts;
    private final TextPlaces places = new TextPlaces();

    /**
     * @param everyPiece whether to read all, and not only what looks special
     * @param texts whether to find the texts, which reads all too
     */
    public ChunkReader(boolean everyPiece, boolean texts) {
        this.everyPiece = everyPiece || texts;
        this.texts = texts;
    }

    /** Reads one event; its texts get offsets from its start. */
    public Chunk read(byte[] bytes, int start, int end) {
        return read(bytes, start, end, everyPiece);
    }

    /** Reads one event whatever it looks like. */
    public Chunk readFully(byte[] bytes, int start, int end) {
        return read(bytes, start, end, true);
    }

    private Chunk read(byte[] bytes, int start, int end, boolean fully) {
        EventFields fields = EventFields.of(bytes, start, end);
        if (!fields.hasData()) {
            return fields.namedError() ? new Chunk.ErrorEvent(UpstreamError.SILENT) : new Chunk.Silent();
        }
        if (fields.isDone()) {
            return new Chunk.Done(fields.isBare());
        }
        if (!fully
                && !fields.namedError()
                && !ChunkSearch.mayBeSpecial(fields.source(), fields.dataStart(), fields.dataEnd())) {
            return new Chunk.Plain();
        }
        try {
            JsonNode root = JsonDocument.parse(
                            fields.source(), fields.dataStart(), fields.dataEnd(), JsonLimits.DEFAULT)
                    .root();
            return chunk(root, fields, start);
        } catch (JsonRefusal e) {
            return fields.namedError() ? new Chunk.ErrorEvent(UpstreamError.SILENT) : new Chunk.Unreadable();
        }
    }

    private Chunk chunk(JsonNode root, EventFields fields, int start) {
        if (fields.namedError() || (root.kind() == JsonKind.OBJECT && UpstreamError.isIn(root))) {
            return new Chunk.ErrorEvent(UpstreamError.of(root).orElse(UpstreamError.SILENT));
        }
        if (root.kind() != JsonKind.OBJECT) {
            return new Chunk.Unreadable();
        }
        Measured measured = Measured.of(root);
        JsonNode choices = root.member("choices");
        if (choices == null || choices.kind() != JsonKind.ARRAY) {
            return new Chunk.Other(measured);
        }
        var found = new AnswerTexts(fields.source(), start, places);
        Map<Integer, String> reasons = new HashMap<>();
        boolean meaningful = false;
        for (JsonNode choice : choices.elements()) {
            if (choice.kind() != JsonKind.OBJECT) {
                return new Chunk.Unreadable();
            }
            int index = Choices.index(choice, reasons.size());
            reasons.put(index, Choices.finishReason(choice));
            meaningful |= Choices.isMeaningful(choice);
            if (texts) {
                found.ofChoice(index, choice);
            }
        }
        if (texts) {
            found.ofRoot(root);
        }
        List<TextLiteral> literals = texts && fields.inPlace() ? found.result() : null;
        return new Chunk.Piece(meaningful, reasons, measured, literals);
    }
}
