package com.keeptrusts.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditedTextsTest {

    @Test
    void everyEditReplacesItsRangeOfItsPart() {
        List<TextPart> texts = List.of(part(7, "call 555 or 556"), part(9, "untouched"));

        List<TextPart> edited = EditedTexts.of(texts, List.of(edit(7, 5, 8, "[PHONE]"), edit(7, 12, 15, "[PHONE]")));

        assertThat(edited)
                .extracting(part -> part.text().value())
                .containsExactly("call [PHONE] or [PHONE]", "untouched");
        assertThat(edited.get(1)).isSameAs(texts.get(1));
    }

    private static TextPart part(int id, String text) {
        return new TextPart(id, 0, Channel.USER, "messages[0].content", new UserText(text));
    }

    private static Edit edit(int part, int start, int end, String replacement) {
        return new Edit(part, start, end, "PHONE", new UserText(replacement));
    }
}
