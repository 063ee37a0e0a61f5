package com.keeptrusts.gateway.policy.pii;

/** Writes what stands in the place of a value. */
final class Markers {

    private static final String STARS = "********";
    private static final int SHOWN = 4;
    private static final int SHORTEST_SHOWN = 8;

    private final Redaction redaction;

    Markers(Redaction redaction) {
        this.redaction = redaction;
    }

    /** A further piece of a value adds nothing but its length, so it does not matter how the value was cut. */
    String replacement(PiiSpan span, String value) {
        if (span.continuation()) {
            return redaction.preserveLength() ? "*".repeat(value.length()) : "";
        }
        return switch (redaction.format()) {
            case LABEL -> label(span.type(), value);
            case ASTERISKS -> redaction.preserveLength() ? "*".repeat(value.length()) : STARS;
            case PARTIAL -> partial(span.type(), value);
        };
    }

    private String label(PiiType type, String value) {
        String label = redaction.custom().getOrDefault(type, type.marker());
        if (redaction.metadata() && label.endsWith("]")) {
            label = label.substring(0, label.length() - 1) + " length=" + value.length() + "]";
        }
        if (!redaction.preserveLength()) {
            return label;
        }
        return label.length() > value.length()
                ? "*".repeat(value.length())
                : label + "*".repeat(value.length() - label.length());
    }

    private String partial(PiiType type, String value) {
        return switch (type) {
            case EMAIL -> address(value);
            case PHONE,
                    SSN,
                    ITIN,
                    CREDIT_CARD,
                    IBAN,
                    BANK_ACCOUNT,
                    BANK_ROUTING,
                    NATIONAL_ID,
                    PASSPORT,
                    DRIVER_LICENSE,
                    MEDICAL_ID,
                    CRYPTO_WALLET -> ending(value);
            default -> redaction.preserveLength() ? "*".repeat(value.length()) : STARS;
        };
    }

    /** The first letter of a name that has more than two, and the domain. */
    private String address(String value) {
        int sign = value.lastIndexOf('@');
        if (sign < 0) {
            return ending(value); // written in words, or with its sign encoded
        }
        int first = sign > 2 ? value.offsetByCodePoints(0, 1) : 0;
        String hidden = redaction.preserveLength() ? "*".repeat(sign - first) : "***";
        return value.substring(0, first) + hidden + value.substring(sign);
    }

    /** The last four letters or digits of a value that is long enough, and what separates its groups. */
    private static String ending(String value) {
        int left = (int) value.chars().filter(Markers::says).count();
        int shown = left >= SHORTEST_SHOWN ? SHOWN : 0;
        var masked = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean hidden = says(c) && left-- > shown;
            masked.append(hidden || Character.isSurrogate(c) ? '*' : c);
        }
        return masked.toString();
    }

    private static boolean says(int c) {
        return Character.isLetterOrDigit(c);
    }
}
