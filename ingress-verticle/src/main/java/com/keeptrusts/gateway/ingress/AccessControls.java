package com.keeptrusts.gateway.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hipaa_audit_controls} adds to entries: who asked, as a header that the operator trusts names the person,
 * for what purpose, and which categories of data the texts held.
 *
 * @param userHeader names the person before the body's {@code user} does; null for none
 * @param purposeHeader tells the purpose of the access; null for none
 */
public record AccessControls(
        boolean enabled,
        @Nullable String userHeader,
        @Nullable String purposeHeader) {

    public static final AccessControls NONE = new AccessControls(false, null, null);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** Whom the request is about, or null. */
    @Nullable
    String user(HttpServerRequest http, @Nullable ModelRequest ask) {
        String named = enabled && userHeader != null ? http.getHeader(userHeader) : null;
        return named != null && !named.isBlank() ? named.strip() : ask == null ? null : ask.user();
    }

    /** A code such as TREAT, or {@code other} for what is none, as a header is a client's text; null without one. */
    @Nullable
    String purpose(HttpServerRequest http) {
        String told = enabled && purposeHeader != null ? http.getHeader(purposeHeader) : null;
        return told == null ? null : CODE.matcher(told).matches() ? told : "other";
    }
}
