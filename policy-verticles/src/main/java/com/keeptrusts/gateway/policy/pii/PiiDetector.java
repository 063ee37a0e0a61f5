package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The detector of {@code pii-detector} for single texts, with shipped settings. Immutable, thread-safe. */
public final class PiiDetector {

    private final PiiScanner scanner;

    private PiiDetector(PiiScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * The default types and those of {@code healthcare_mode}.
     *
     * @param names whether names and street addresses are looked for too
     */
    public static PiiDetector shipped(boolean names) {
        var settings = new JsonObject().put("healthcare_mode", true).put("names", names);
        return new PiiDetector(new PiiScanner(Section.read("policy.pii-detector", settings, PiiSettings::from)));
    }

    /** Everything found, sorted and not overlapping, every value in one piece; time is linear in the text's length. */
    public List<PiiSpan> detect(String text) {
        return scanner.scanWhole(text);
    }
}
