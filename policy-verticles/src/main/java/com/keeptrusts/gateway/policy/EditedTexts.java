package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of a call as a policy's edits leave them. */
final class EditedTexts {

    private EditedTexts() {}

    /** Edits are sorted by part and start and do not overlap, as {@code Decision.Redact} promises. */
    static List<TextPart> of(List<TextPart> texts, List<Edit> edits) {
        Map<Integer, List<Edit>> byPart = new HashMap<>();
        edits.forEach(edit ->
                byPart.computeIfAbsent(edit.part(), _ -> new ArrayList<>()).add(edit));
        return texts.stream()
                .map(part -> byPart.containsKey(part.id()) ? edited(part, byPart.get(part.id())) : part)
                .toList();
    }

    private static TextPart edited(TextPart part, List<Edit> edits) {
        String text = part.text().value();
        var result = new StringBuilder(text.length());
        int from = 0;
        for (Edit edit : edits) {
            result.append(text, from, edit.start()).append(edit.replacement().value());
            from = edit.end();
        }
        result.append(text, from, text.length());
        return new TextPart(part.id(), part.message(), part.channel(), part.place(), new UserText(result.toString()));
    }
}
