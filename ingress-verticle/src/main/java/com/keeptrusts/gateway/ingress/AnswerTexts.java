package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.ErrorCode;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The texts of an answer that is not streamed, as its provider worker found them. */
final class AnswerTexts {

    private AnswerTexts() {}

    /** Throws {@link Refused} for an answer that could not be read: what no policy has seen does not leave. */
    static EditableTexts of(JsonAnswer.Body body) {
        List<RequestText> texts = new ArrayList<>();
        for (EventTexts event : body.texts()) {
            if (event.opaque()) {
                throw unreadable();
            }
            for (TextLiteral literal : event.literals()) {
                Track track = literal.track();
                String parent = track.choice() < 0 ? "" : "choices[" + track.choice() + "].";
                String place = parent + track.channel().name().toLowerCase(Locale.ROOT);
                var part = new TextPart(texts.size(), track.choice(), track.channel(), place, literal.text());
                texts.add(new RequestText(part, literal.start(), literal.end()));
            }
        }
        if (body.texts().isEmpty()) {
            throw unreadable();
        }
        return new EditableTexts(body.bytes().array(), texts);
    }

    private static Refused unreadable() {
        return Refused.of(ErrorCode.UPSTREAM_INVALID_STREAM, "The target sent an answer that no policy could read.");
    }
}
