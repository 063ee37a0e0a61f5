package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.config.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code gateway.client_keys}. The key itself is not kept, only its SHA-256.
 *
 * @param sha256 in lower-case hex; absent until {@link #resolved} found the variable
 * @param secretEnv environment variable that holds the key, where it is given so
 * @param models the only ones this key may ask for; empty for all
 */
public record ClientKey(
        String name,
        @Nullable String sha256,
        @Nullable String secretEnv,
        @Nullable String tenant,
        Set<String> models,
        @Nullable RateLimit rateLimit) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    public ClientKey {
        models = Set.copyOf(models);
    }

    static ClientKey from(Section section) {
        String env = section.optionalSection("secret_ref", reference -> reference.requiredText("env"));
        String sha256 = section.optionalText("sha256");
        if ((env == null) == (sha256 == null)) {
            section.refuse("secret_ref", "expected: either secret_ref.env or sha256");
        } else if (sha256 != null && !DIGEST.matcher(sha256).matches()) {
            section.refuse("sha256", "not a digest (expected: 64 hexadecimal digits)");
        }
        return new ClientKey(
                section.requiredText("name"),
                sha256,
                env,
                section.optionalText("tenant"),
                Set.copyOf(section.texts("models", List.of())),
                section.optionalSection("rate_limit", RateLimit::from));
    }

    /** This key with the digest of what its variable holds; without a digest, and so unusable, when that is not set. */
    ClientKey resolved(UnaryOperator<@Nullable String> environment) {
        if (secretEnv == null) {
            return this;
        }
        String secret = environment.apply(secretEnv);
        String digest =
                secret == null || secret.isEmpty() ? null : HexFormat.of().formatHex(digest(secret));
        return new ClientKey(name, digest, secretEnv, tenant, models, rateLimit);
    }

    /** Takes the same time whatever the two have in common. */
    boolean matches(byte[] digest) {
        return sha256 != null && MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digest);
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
