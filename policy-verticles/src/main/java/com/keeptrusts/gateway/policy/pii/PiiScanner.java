package com.keeptrusts.gateway.policy.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds personal data in a text, in time linear in its length. Immutable; shared by all threads. */
public final class PiiScanner {

    private final List<Detector> detectors;
    private final Labels labels;
    private final PiiSettings settings;

    public PiiScanner(PiiSettings settings) {
        this.settings = settings;
        this.labels = new Labels(settings.types());
        this.detectors = detectors(settings);
    }

    private static List<Detector> detectors(PiiSettings settings) {
        Set<PiiType> types = settings.types();
        List<Detector> detectors = new ArrayList<>();
        if (types.contains(PiiType.EMAIL)) {
            detectors.add(new EmailDetector());
        }
        if (types.contains(PiiType.URL_CREDENTIALS)) {
            detectors.add(new UrlCredentialsDetector());
        }
        if (types.contains(PiiType.IP_ADDRESS)) {
            detectors.add(new HostAddressDetector(settings.reservedAddresses()));
        }
        if (types.contains(PiiType.MAC_ADDRESS)) {
            detectors.add(new MacAddressDetector());
        }
        if (types.contains(PiiType.PHONE)) {
            detectors.add(new PhoneDetector(settings.regions()));
        }
        detectors.add(new NumberDetector(types));
        return List.copyOf(detectors);
    }

    /** Everything found, sorted and not overlapping. */
    public List<PiiSpan> scan(String text) {
        List<PiiSpan> found = new ArrayList<>();
        char[] chars = text.toCharArray();
        open().advance(chars, 0, chars.length, true, found);
        return found;
    }

    /** As {@link #scan}, with every value in one piece, however long it is. */
    List<PiiSpan> scanWhole(String text) {
        List<PiiSpan> whole = new ArrayList<>();
        for (PiiSpan span : scan(text)) {
            if (span.continuation()) {
                PiiSpan first = whole.removeLast();
                whole.add(new PiiSpan(first.start(), span.end(), first.type(), first.score(), false));
            } else {
                whole.add(span);
            }
        }
        return whole;
    }

    Scan open() {
        CustomSweep custom = settings.patterns().isEmpty() ? null : new CustomSweep(settings.patterns());
        return new Scan(new Sweep(detectors, labels), custom);
    }
}
