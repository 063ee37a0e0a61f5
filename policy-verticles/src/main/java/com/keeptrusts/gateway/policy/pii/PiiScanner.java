package com.keeptrusts.gateway.policy.pii;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        Map<PiiType, Detector> detectors = new EnumMap<>(PiiType.class);
        detectors.put(PiiType.EMAIL, new EmailDetector());
        detectors.put(PiiType.URL_CREDENTIALS, new UrlCredentialsDetector());
        detectors.put(PiiType.IP_ADDRESS, new HostAddressDetector(settings.reservedAddresses()));
        detectors.put(PiiType.MAC_ADDRESS, new MacAddressDetector());
        detectors.put(PiiType.PHONE, new PhoneDetector(settings.regions()));
        detectors.put(PiiType.SECRET, new TokenDetector());
        detectors.put(PiiType.CRYPTO_WALLET, new WalletDetector());
        detectors.put(PiiType.DRIVER_LICENSE, new StarredLicenceDetector());
        detectors.put(PiiType.DATE_OF_BIRTH, new BirthDateDetector());
        detectors.keySet().retainAll(types);
        List<Detector> all = new ArrayList<>(detectors.values());
        all.add(new NumberDetector(types));
        return List.copyOf(all);
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
        return new Scan(new Sweep(detectors, labels, settings.types().contains(PiiType.PASSPORT)), custom);
    }
}
