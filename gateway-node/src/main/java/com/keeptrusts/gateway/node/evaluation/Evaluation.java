package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.node.evaluation.LabelledSpans.Span;
import com.keeptrusts.gateway.policy.injection.InjectionDetector;
import com.keeptrusts.gateway.policy.injection.LabelledText;
import com.keeptrusts.gateway.policy.pii.PiiDetector;
import com.keeptrusts.gateway.policy.pii.PiiSpan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a detector over data files, as the gateway runs it over one text, and counts. Lines without labels are predicted
 * and timed only. Memory does not grow with the data. Throws {@link DataFileException} for a line that cannot be used.
 *
 * @param predictions where to write one line per text; null for nowhere
 */
public record Evaluation(DataFiles data, @Nullable Path predictions, boolean explained) {

    private static final long WARM_UP_LINES = 2_000;
    private static final long WARM_UP_TEXTS = 20_000;
    private static final long WARM_UP_NANOS = 4_000_000_000L;

    public Report injection() throws IOException {
        var detector = InjectionDetector.shipped();
        warmUp((json, number) -> {
            LabelledText text = LabelledText.of(json, "line " + number);
            detector.score(text.text(), text.channel());
        });
        var figures = new InjectionFigures();
        var timing = new Timing();
        var labelled = new long[1];
        try (Predictions out = Predictions.to(predictions, data)) {
            data.read(Long.MAX_VALUE, (json, number) -> {
                LabelledText text = LabelledText.of(json, "line " + number);
                long start = System.nanoTime();
                double score = detector.score(text.text(), text.channel());
                long took = System.nanoTime() - start;
                timing.took(text.text(), took);
                if (text.labelled()) {
                    labelled[0]++;
                    figures.add(text, score);
                }
                out.write(prediction(detector, text, score, took));
            });
        }
        return report("prompt-injection", labelled[0] > 0 ? figures.tables() : List.of(), timing);
    }

    private JsonObject prediction(InjectionDetector detector, LabelledText text, double score, long took) {
        var line = new JsonObject().put("id", text.id()).put("score", score).put("us", Timing.micros(took));
        if (explained && predictions != null) {
            var layers = new JsonObject();
            detector.explain(text.text(), text.channel()).layers().forEach(layers::put);
            line.put("layers", layers);
        }
        return line;
    }

    /** Names and street addresses are looked for on request only, as in the gateway. */
    public Report pii(boolean names) throws IOException {
        var detector = PiiDetector.shipped(names);
        warmUp((json, number) ->
                detector.detect(LabelledSpans.of(json, "line " + number).text()));
        var figures = new PiiFigures();
        var timing = new Timing();
        var labelled = new long[1];
        try (Predictions out = Predictions.to(predictions, data)) {
            data.read(Long.MAX_VALUE, (json, number) -> {
                LabelledSpans text = LabelledSpans.of(json, "line " + number);
                long start = System.nanoTime();
                List<PiiSpan> found = detector.detect(text.text());
                long took = System.nanoTime() - start;
                timing.took(text.text(), took);
                if (text.labelled()) {
                    labelled[0]++;
                    figures.add(text, inCodePoints(text.text(), found));
                }
                out.write(prediction(text, found, took));
            });
        }
        return report("pii-detector", labelled[0] > 0 ? figures.tables() : List.of(), timing);
    }

    private static JsonObject prediction(LabelledSpans text, List<PiiSpan> found, long took) {
        var spans = new JsonArray();
        List<Span> placed = inCodePoints(text.text(), found);
        for (int i = 0; i < found.size(); i++) {
            Span span = placed.get(i);
            spans.add(new JsonObject()
                    .put("start", span.start())
                    .put("end", span.end())
                    .put("type", span.type())
                    .put("score", found.get(i).score()));
        }
        return new JsonObject().put("id", text.id()).put("spans", spans).put("us", Timing.micros(took));
    }

    /** Detectors count UTF-16 units, data files code points; {@code found} is sorted. */
    static List<Span> inCodePoints(String text, List<PiiSpan> found) {
        List<Span> spans = new ArrayList<>();
        int units = 0;
        int points = 0;
        for (PiiSpan span : found) {
            int start = points + text.codePointCount(units, span.start());
            int end = start + text.codePointCount(span.start(), span.end());
            units = span.end();
            points = end;
            spans.add(new Span(start, end, TypeNames.of(span.type()), false));
        }
        return spans;
    }

    /** Lets the JVM compile the detector, so that the first texts are measured like the last; some seconds at most. */
    private void warmUp(DataFiles.Line line) throws IOException {
        long end = System.nanoTime() + WARM_UP_NANOS;
        var read = new long[1];
        long before;
        do {
            before = read[0];
            data.read(WARM_UP_LINES, (json, number) -> {
                if (System.nanoTime() < end) {
                    line.read(json, number);
                    read[0]++;
                }
            });
        } while (read[0] > before && read[0] < WARM_UP_TEXTS);
    }

    private static Report report(String policy, List<Table> figures, Timing timing) {
        List<Table> tables = new ArrayList<>(figures);
        tables.add(timing.table());
        return new Report("Evaluation of " + policy, tables);
    }
}
