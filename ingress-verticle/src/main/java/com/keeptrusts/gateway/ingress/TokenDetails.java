package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonLimits;
import com.keeptrusts.gateway.json.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a choice that say its text once more, token by token. Where a policy has changed the text they would
 * give away what it took out, so they become null, which is what they are when nobody asks for them.
 */
final class TokenDetails {

    private static final List<String> NAMES = List.of("logprobs", "reasoning_logprobs");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private TokenDetails() {}

    /**
     * The edits that take them out of the JSON object in a range of bytes.
     *
     * @throws com.keeptrusts.gateway.json.JsonRefusal when there is not one JSON object
     */
    static List<ByteEdit> withheld(byte[] bytes, int start, int end) {
        JsonNode choices =
                JsonDocument.parse(bytes, start, end, JsonLimits.DEFAULT).root().member("choices");
        List<ByteEdit> edits = new ArrayList<>();
        if (choices != null && choices.kind() == JsonKind.ARRAY) {
            for (JsonNode choice : choices.elements()) {
                for (String name : NAMES) {
                    add(edits, choice.kind() == JsonKind.OBJECT ? choice.member(name) : null);
                }
            }
        }
        return edits;
    }

    /** Whether a range of bytes could hold any, in whatever form. */
    static boolean mayStandIn(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).contains("logprobs");
    }

    private static void add(List<ByteEdit> edits, @Nullable JsonNode value) {
        if (value != null && value.kind() != JsonKind.NULL) {
            edits.add(new ByteEdit(value.start(), value.end(), NULL));
        }
    }
}
