package com.keeptrusts.gateway.policy.pii;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All numbering plans, each made when first asked for. */
final class PhonePlans {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final MetadataSource SOURCE =
            DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();
    private static final String NO_REGION = "001";
    private static final boolean[] CALLING_CODES = new boolean[1000];
    private static final ConcurrentHashMap<String, PhonePlan> BY_REGION = new ConcurrentHashMap<>();
    private static final ConcurrentHashMap<Integer, List<PhonePlan>> BY_CODE = new ConcurrentHashMap<>();

    static {
        LIBRARY.getSupportedCallingCodes().forEach(code -> CALLING_CODES[code] = true);
    }

    private PhonePlans() {}

    static Set<String> regions() {
        return LIBRARY.getSupportedRegions();
    }

    static PhonePlan ofRegion(String region) {
        return BY_REGION.computeIfAbsent(region, name -> PhonePlan.of(SOURCE.getMetadataForRegion(name)));
    }

    /** Whether the digits are a country's calling code and a number that exists in its plan. */
    static boolean international(String digits) {
        for (int length = 1; length <= 3 && length < digits.length(); length++) {
            int code = Integer.parseInt(digits, 0, length, 10);
            if (code > 0 && CALLING_CODES[code]) {
                return valid(code, digits.substring(length));
            }
        }
        return false;
    }

    private static boolean valid(int code, String rest) {
        for (PhonePlan plan : BY_CODE.computeIfAbsent(code, PhonePlans::plans)) {
            if (plan.accepts(rest)) {
                return true;
            }
        }
        return false;
    }

    private static List<PhonePlan> plans(int code) {
        List<PhonePlan> plans = new ArrayList<>();
        for (String region : LIBRARY.getRegionCodesForCountryCode(code)) {
            plans.add(
                    NO_REGION.equals(region)
                            ? PhonePlan.of(SOURCE.getMetadataForNonGeographicalRegion(code))
                            : ofRegion(region));
        }
        return List.copyOf(plans);
    }
}
