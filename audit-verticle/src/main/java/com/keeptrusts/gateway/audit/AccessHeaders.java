package com.keeptrusts.gateway.audit;

import com.keeptrusts.gateway.config.Section;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Headers, set by a proxy that the operator trusts, that {@code hipaa_audit_controls} reads.
 *
 * @param userHeader names the person who asks; null for the body's {@code user}
 * @param purposeHeader tells what for, as a code such as TREAT; null for none
 */
public record AccessHeaders(
        @Nullable String userHeader, @Nullable String purposeHeader) {

    public static final AccessHeaders NONE = new AccessHeaders(null, null);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    static AccessHeaders from(Section section) {
        return new AccessHeaders(header(section, "user_header"), header(section, "purpose_header"));
    }

    private static @Nullable String header(Section section, String key) {
        String name = section.optionalText(key);
        if (name != null && !NAME.matcher(name).matches()) {
            section.refuse(key, "no header name (expected: letters, digits and -)");
        } else if (name != null && !section.bool("hipaa_audit_controls", false)) {
            section.refuse(key, "read by nothing (expected: with hipaa_audit_controls: true)");
        }
        return name;
    }
}
