package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.StreamReview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Replaces personal data by markers, or blocks texts that hold some; reads every text it is given completely. */
public final class PiiPolicy implements Policy {

    private final PiiSettings settings;
    private final PiiScanner scanner;
    private final Markers markers;

    public PiiPolicy(PiiSettings settings) {
        this.settings = settings;
        this.scanner = new PiiScanner(settings);
        this.markers = new Markers(settings.redaction());
    }

    @Override
    public Judgement review(Phase phase, List<TextPart> texts) {
        boolean restore = settings.restore() && phase == Phase.INPUT && !settings.block();
        BiFunction<PiiSpan, String, String> marking =
                restore ? new Numbering(texts, settings.redaction().custom())::marker : markers::replacement;
        var tally = new Tally(settings.block(), restore);
        List<Edit> edits = new ArrayList<>();
        for (TextPart text : texts) {
            tally.read(text.text().length());
            String value = text.text().value();
            List<PiiSpan> spans = restore ? scanner.scanWhole(value) : scanner.scan(value);
            redact(text, spans, new Redactor(text.channel(), marking), edits);
            spans.forEach(tally::found);
        }
        return tally.judgement(texts.size(), edits);
    }

    private static void redact(TextPart text, List<PiiSpan> spans, Redactor redactor, List<Edit> edits) {
        String value = text.text().value();
        int kept = 0;
        for (PiiSpan span : spans) {
            redactor.keep(value.substring(kept, span.start()));
            kept = span.end();
            Redactor.Replacement with = redactor.replace(span, value.substring(span.start(), kept));
            if (!with.isNothing()) {
                edits.add(new Edit(
                        text.id(), with.start(), with.end(), span.type().name(), new UserText(with.text())));
            }
        }
    }

    @Override
    public boolean reviews(Phase phase) {
        return phase == Phase.INPUT || settings.output();
    }

    @Override
    public Optional<StreamReview> openStream() {
        if (!settings.output()) {
            return Optional.empty();
        }
        var tally = new Tally(settings.block(), false);
        return Optional.of(new PiiStream(tally, track -> {
            var redactor = new Redactor(track.channel(), markers::replacement);
            return new PiiTrack(track, scanner.open(), redactor, tally);
        }));
    }
}
