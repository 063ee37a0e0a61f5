package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.note.CosignerKey;
import com.keeptrusts.gateway.audit.note.NoteException;
import com.keeptrusts.gateway.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of {@code policy.audit-logger.anchors}. Secrets are named by the variables that hold them. */
public sealed interface AnchorSettings {

    /** As metrics and logs call it. */
    String name();

    /** How often a checkpoint is kept there. */
    Duration every();

    /**
     * A witness that speaks C2SP tlog-witness.
     *
     * @param url its submission prefix
     * @param key whose cosignatures count; others are ignored
     */
    record OfWitness(String name, Duration every, URI url, CosignerKey key) implements AnchorSettings {}

    /**
     * A git repository on this disk.
     *
     * @param remote to which commits are pushed, or null
     * @param branch of the remote
     */
    record OfRepository(
            String name,
            Duration every,
            Path repository,
            @Nullable String remote,
            String branch) implements AnchorSettings {}

    /**
     * A bucket with Object Lock, in compliance mode.
     *
     * @param lockDays for how long nobody can remove an object
     */
    record OfBucket(
            String name,
            Duration every,
            URI endpoint,
            String region,
            String bucket,
            String prefix,
            int lockDays,
            String accessKeyVariable,
            String secretKeyVariable)
            implements AnchorSettings {}

    /** All of them, each under a name of its own. */
    static List<AnchorSettings> from(Section audit) {
        List<AnchorSettings> anchors = audit.sections("anchors", AnchorSettings::one);
        Set<String> names = new HashSet<>();
        for (AnchorSettings anchor : anchors) {
            if (!names.add(anchor.name())) {
                audit.refuse("anchors", "two named '" + anchor.name() + "' (expected: one)");
            }
        }
        return anchors;
    }

    private static AnchorSettings one(Section section) {
        String kind = section.choice("kind", "witness", List.of("witness", "git", "s3"));
        String name = matching(section, "name", kind, "[a-z0-9][a-z0-9-]{0,62}", "small letters, digits, hyphens");
        Duration every = Duration.ofSeconds(section.integer("every_seconds", 60, 1, 86_400));
        return switch (kind) {
            case "git" ->
                new OfRepository(
                        name,
                        every,
                        Path.of(section.requiredText("repository")),
                        section.has("push") ? reference(section, "push", "origin") : null,
                        reference(section, "branch", "main"));
            case "s3" ->
                new OfBucket(
                        name,
                        every,
                        address(section, "endpoint"),
                        matching(section, "region", "us-east-1", "[a-z0-9-]{1,32}", "a region as in eu-central-1"),
                        matching(section, "bucket", "", "[a-z0-9][a-z0-9.-]{2,62}", "the name of a bucket"),
                        matching(section, "prefix", "", "([A-Za-z0-9._-]+/)*", "folders as in audit/production/"),
                        section.integer("lock_days", 365, 1, 36_500),
                        section.section("access_key_ref", "AWS_ACCESS_KEY_ID", ref -> ref.requiredText("env")),
                        section.section("secret_key_ref", "AWS_SECRET_ACCESS_KEY", ref -> ref.requiredText("env")));
            default -> new OfWitness(name, every, address(section, "url"), key(section));
        };
    }

    /** Nothing that git could take for an option. */
    private static String reference(Section section, String key, String fallback) {
        return matching(section, key, fallback, "[A-Za-z0-9][A-Za-z0-9._/:@-]{0,200}", "a name without spaces");
    }

    private static String matching(Section section, String key, String fallback, String pattern, String expected) {
        String found = section.text(key, fallback);
        if (!found.matches(pattern)) {
            section.refuse(key, "'" + found + "' (expected: " + expected + ")");
        }
        return found;
    }

    private static URI address(Section section, String key) {
        String found = section.requiredText(key);
        try {
            URI address = new URI(found);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below, as for an address of another kind
        }
        section.refuse(key, "'" + found + "' (expected: an address as in https://host/path)");
        return URI.create("https://invalid/");
    }

    private static CosignerKey key(Section section) {
        try {
            return CosignerKey.parse(section.requiredText("vkey"));
        } catch (NoteException e) {
            section.refuse("vkey", e.getMessage() + " (expected: name+id+key of the witness)");
            throw new IllegalArgumentException("vkey: cannot be read");
        }
    }
}
