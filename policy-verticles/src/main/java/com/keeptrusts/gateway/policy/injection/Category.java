package com.keeptrusts.gateway.policy.injection;

import java.util.Locale;

/** The kinds of attack, in lower case as reason codes. */
enum Category {
    INSTRUCTION_OVERRIDE,
    PROMPT_EXTRACTION,
    UNRESTRICTED_PERSONA,
    FALSE_AUTHORITY,
    SECRET_EXTRACTION,
    EMBEDDED_INSTRUCTION,
    FAKE_BOUNDARY,
    HIDDEN_TEXT,
    TOKEN_SALAD,
    TRAINED_MODEL,
    ATTACK_PATTERN;

    /** Its reason code. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
