package com.keeptrusts.gateway.provider.sse;

import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import com.keeptrusts.gateway.provider.upstream.UpstreamError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an answer that is not streamed says.
 *
 * @param error set when the body is an error in spite of its status
 */
public record JsonAnswer(
        Measured measured,
        List<String> finishReasons,
        List<EventTexts> texts,
        @Nullable UpstreamError error) {

    public JsonAnswer {
        finishReasons = List.copyOf(finishReasons);
        texts = List.copyOf(texts);
    }

    /**
     * Reads the body; null when it is no JSON object.
     *
     * @param texts whether to find the texts
     */
    public static @Nullable JsonAnswer read(byte[] body, boolean texts) {
        JsonNode root;
        try {
            root = JsonDocument.parse(body).root();
        } catch (JsonRefusal e) {
            return switch (e.reason()) {
                case INVALID, INVALID_UTF8 -> null;
                case DUPLICATE_NAME, TOO_DEEP, TOO_MANY_VALUES -> opaque(body, texts);
            };
        }
        if (root.kind() != JsonKind.OBJECT) {
            return null;
        }
        if (UpstreamError.isIn(root)) {
            return new JsonAnswer(
                    Measured.NOTHING,
                    List.of(),
                    List.of(),
                    UpstreamError.of(root).orElse(UpstreamError.SILENT));
        }
        return read(root, body, texts);
    }

    private static JsonAnswer read(JsonNode root, byte[] body, boolean texts) {
        JsonNode choices = root.member("choices");
        if (choices == null || choices.kind() != JsonKind.ARRAY) {
            return new JsonAnswer(Measured.of(root), List.of(), whole(body, null, texts), null);
        }
        Map<Integer, String> reasons = new TreeMap<>();
        var found = new AnswerTexts(body, 0, null);
        found.ofRoot(root);
        boolean understood = true;
        for (JsonNode choice : choices.elements()) {
            if (choice.kind() == JsonKind.OBJECT) {
                int index = Choices.index(choice, reasons.size());
                reasons.put(index, Choices.finishReason(choice));
                found.ofChoice(index, choice);
            } else {
                understood = false;
            }
        }
        List<TextLiteral> literals = understood ? found.result() : null;
        return new JsonAnswer(Measured.of(root), List.copyOf(reasons.values()), whole(body, literals, texts), null);
    }

    private static JsonAnswer opaque(byte[] body, boolean texts) {
        return new JsonAnswer(Measured.NOTHING, List.of(), whole(body, null, texts), null);
    }

    private static List<EventTexts> whole(byte[] body, @Nullable List<TextLiteral> literals, boolean texts) {
        if (!texts) {
            return List.of();
        }
        return List.of(new EventTexts(0, body.length, literals == null, literals == null ? List.of() : literals));
    }
}
