package com.keeptrusts.gateway.policy.pii;

import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The numbering plan of one region, from the metadata of libphonenumber, compiled once: the library itself
 * compiles patterns again and again when many regions are in use. They repeat no repetition and see 17 digits at most.
 */
record PhonePlan(Pattern valid, Pattern mobile, String prefix, long lengths) {

    private static final String NOTHING = "NA";

    static PhonePlan of(PhoneMetadata metadata) {
        List<PhoneNumberDesc> kinds = List.of(
                metadata.getFixedLine(),
                metadata.getMobile(),
                metadata.getTollFree(),
                metadata.getPremiumRate(),
                metadata.getSharedCost(),
                metadata.getPersonalNumber(),
                metadata.getVoip(),
                metadata.getUan(),
                metadata.getPager(),
                metadata.getVoicemail());
        long lengths = 0;
        for (int length : metadata.getGeneralDesc().getPossibleLengthList()) {
            lengths |= 1L << length;
        }
        return new PhonePlan(union(kinds), union(List.of(metadata.getMobile())), metadata.getNationalPrefix(), lengths);
    }

    private static Pattern union(List<PhoneNumberDesc> kinds) {
        List<String> patterns = new ArrayList<>();
        for (PhoneNumberDesc kind : kinds) {
            String pattern = kind.getNationalNumberPattern();
            if (!pattern.isEmpty() && !NOTHING.equals(pattern)) {
                patterns.add(pattern);
            }
        }
        return Pattern.compile(
                patterns.isEmpty() ? "[^\\d\\D]" : patterns.stream().collect(Collectors.joining("|", "(?:", ")")));
    }

    /** Whether the significant digits are those of a number in this region. */
    boolean accepts(String digits) {
        return (lengths >> digits.length() & 1) == 1 && valid.matcher(digits).matches();
    }

    boolean acceptsMobile(String digits) {
        return (lengths >> digits.length() & 1) == 1 && mobile.matcher(digits).matches();
    }

    /** The significant digits of a number as dialled inside the region. */
    String significant(String dialled) {
        return !prefix.isEmpty() && dialled.startsWith(prefix) ? dialled.substring(prefix.length()) : dialled;
    }
}
