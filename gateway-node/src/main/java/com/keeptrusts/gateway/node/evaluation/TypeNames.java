package com.keeptrusts.gateway.node.evaluation;

import com.keeptrusts.gateway.policy.pii.PiiType;
import java.util.List;
import java.util.Map;

/** What labelled data call the types of personal data. */
final class TypeNames {

    /** Types whose every value is worth hiding, whoever it belongs to. */
    static final List<String> CORE = List.of(
            "EMAIL",
            "PHONE",
            "CREDIT_CARD",
            "IBAN",
            "US_SSN",
            "US_ITIN",
            "NATIONAL_ID",
            "PASSPORT",
            "DRIVER_LICENSE",
            "MEDICAL_ID",
            "BANK_ACCOUNT",
            "BANK_ROUTING",
            "IP_ADDRESS",
            "MAC",
            "CRYPTO_WALLET",
            "URL_CREDENTIALS",
            "SECRET",
            "DATE_OF_BIRTH");

    static final List<String> NAMES = List.of("PERSON", "ADDRESS");

    private static final Map<PiiType, String> OTHERS = Map.of(
            PiiType.SSN, "US_SSN",
            PiiType.ITIN, "US_ITIN",
            PiiType.MAC_ADDRESS, "MAC",
            PiiType.CARDHOLDER_NAME, "PERSON");

    private TypeNames() {}

    static String of(PiiType type) {
        return OTHERS.getOrDefault(type, type.name());
    }

    static boolean counts(String type) {
        return CORE.contains(type) || NAMES.contains(type);
    }
}
