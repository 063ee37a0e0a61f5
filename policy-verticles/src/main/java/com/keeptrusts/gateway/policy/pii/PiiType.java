package com.keeptrusts.gateway.policy.pii;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of personal data that can be told apart; each has a name in the configuration and one in markers. */
public enum PiiType {
    EMAIL,
    PHONE,
    SSN,
    ITIN,
    CREDIT_CARD,
    CVV,
    CARDHOLDER_NAME,
    IBAN,
    BANK_ACCOUNT,
    BANK_ROUTING,
    IP_ADDRESS,
    MAC_ADDRESS,
    CRYPTO_WALLET,
    URL_CREDENTIALS,
    SECRET,
    NATIONAL_ID,
    PASSPORT,
    DRIVER_LICENSE,
    DATE_OF_BIRTH,
    MEDICAL_ID,
    /** People's names, where a title or a label announces them. */
    PERSON,
    /** Street addresses, where a label announces them. */
    ADDRESS,
    /** What the operator's own {@code detect_patterns} find. */
    CUSTOM;

    /** What {@code names} is about: told by what stands before them, so many are missed. */
    static final Set<PiiType> NAMES = Set.of(PERSON, ADDRESS);

    /** What {@code pci_mode} is about. */
    static final Set<PiiType> PAYMENT = Set.of(CREDIT_CARD, CVV, CARDHOLDER_NAME);

    private static final Map<String, PiiType> OTHER_NAMES = Map.of(
            "email_address", EMAIL,
            "phone_number", PHONE,
            "us_ssn", SSN,
            "us_itin", ITIN,
            "api_key", SECRET,
            "secrets", SECRET,
            "ip", IP_ADDRESS,
            "mac", MAC_ADDRESS,
            "dob", DATE_OF_BIRTH,
            "drivers_license", DRIVER_LICENSE);

    /** How the configuration calls this type. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The marker that replaces a value of this type unless the operator gave another one. */
    public String marker() {
        return "[" + name() + "_REDACTED]";
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(PiiType::key).toList();
    }

    static Optional<PiiType> named(String name) {
        String folded = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(type -> type.key().equals(folded))
                .findAny()
                .or(() -> Optional.ofNullable(OTHER_NAMES.get(folded)));
    }
}
