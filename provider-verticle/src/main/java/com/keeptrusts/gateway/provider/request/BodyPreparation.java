package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonKind;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonRefusal;
import com.keeptrusts.gateway.json.JsonText;
import com.keeptrusts.gateway.json.Splice;
import com.keeptrusts.gateway.provider.settings.Candidate;
import com.keeptrusts.gateway.provider.settings.ProviderProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client's bytes ready for a target: the target's name of the model, no fields that it does not know, its
 * spelling of the token limit. Where nothing applies the bytes are the client's own; else only what changes changes.
 */
public final class BodyPreparation {

    private static final byte[] ASK_FOR_USAGE = ascii("{\"include_usage\":true}");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] NEW_TOKEN_LIMIT = ascii("\"max_completion_tokens\"");
    private static final List<String> TOKEN_LIMITS = List.of("max_tokens", "max_completion_tokens");
    private static final FieldPath OLD_TOKEN_LIMIT = new FieldPath("max_tokens");
    private static final FieldPath TIER = new FieldPath("service_tier");
    private static final int MOST_CHOICES = 1_000;

    private final Bytes original;
    private final Candidate candidate;
    private final ProviderProfile profile;
    private final boolean crosses;

    private BodyPreparation(Bytes original, Candidate candidate, boolean crosses) {
        this.original = original;
        this.candidate = candidate;
        this.crosses = crosses;
        this.profile = candidate.target().provider();
    }

    /**
     * Prepares a body.
     *
     * @param wantsUsage whether a usage chunk must be asked for when the target sends none unasked
     * @param crosses whether the request was meant for another provider
     */
    public static PreparedBody of(Bytes original, Candidate candidate, boolean wantsUsage, boolean crosses) {
        try {
            return new BodyPreparation(original, candidate, crosses).prepare(wantsUsage);
        } catch (JsonRefusal e) {
            return new PreparedBody.Unreadable();
        }
    }

    private PreparedBody prepare(boolean wantsUsage) {
        byte[] bytes = original.array();
        JsonNode root = JsonDocument.parse(bytes).root();
        if (root.kind() != JsonKind.OBJECT) {
            return new PreparedBody.Unreadable();
        }
        String unsupported = unsupported(root);
        if (unsupported != null) {
            return new PreparedBody.Unsupported(unsupported);
        }
        Removal removal = removal(root);
        if (!removal.isEmpty()) {
            bytes = Splice.apply(bytes, 0, bytes.length, removal.edits());
            root = JsonDocument.parse(bytes).root();
        }
        boolean injects = wantsUsage && profile.asksForUsage() && !asksForUsage(root);
        List<ByteEdit> edits = edits(bytes, root, injects);
        if (!edits.isEmpty()) {
            bytes = Splice.apply(bytes, 0, bytes.length, edits);
        }
        Bytes prepared = removal.isEmpty() && edits.isEmpty() ? original : Bytes.owning(bytes);
        return new PreparedBody.Ready(prepared, choices(root), injects);
    }

    private @Nullable String unsupported(JsonNode root) {
        List<String> found = new ArrayList<>();
        for (String path : candidate.target().fieldRules().reject()) {
            new FieldPath(path).find(root, (object, member) -> {
                if (member.value().kind() != JsonKind.NULL) {
                    found.add(member.value().path());
                }
            });
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private Removal removal(JsonNode root) {
        var removal = new Removal();
        for (String path : candidate.target().fieldRules().strip()) {
            new FieldPath(path).find(root, removal::add);
        }
        for (String path : candidate.target().fieldRules().reject()) {
            new FieldPath(path).find(root, removal::add); // only nulls are left of these
        }
        if (crosses) {
            TIER.find(root, removal::add); // tiers of one name are not the same thing elsewhere
        }
        boolean both = TOKEN_LIMITS.stream().allMatch(name -> isLimit(root.member(name)));
        if (both && !profile.renamesTokenLimit().isEmpty()) {
            OLD_TOKEN_LIMIT.find(root, removal::add); // its models take one or the other
        }
        for (JsonMember member : root.members()) {
            boolean unlimited = TOKEN_LIMITS.contains(member.name())
                    && member.value().kind() == JsonKind.NUMBER
                    && member.value().asLong(0) == -1;
            if (unlimited && !profile.knowsUnlimited()) {
                removal.add(root, member);
            }
        }
        return removal;
    }

    private static boolean isLimit(@Nullable JsonNode limit) {
        return limit != null && limit.kind() == JsonKind.NUMBER && limit.asLong(0) != -1;
    }

    private List<ByteEdit> edits(byte[] bytes, JsonNode root, boolean injectsUsage) {
        List<ByteEdit> edits = new ArrayList<>();
        JsonNode model = root.member("model");
        if (model == null) {
            edits.add(Splice.insertMember(root, "model", JsonText.literal(candidate.model())));
        } else if (model.kind() != JsonKind.STRING || !model.text().equals(candidate.model())) {
            edits.add(new ByteEdit(model.start(), model.end(), JsonText.literal(candidate.model())));
        }
        boolean renames = profile.renamesTokenLimit().stream().anyMatch(candidate.model()::startsWith)
                && root.member("max_completion_tokens") == null;
        for (JsonMember member : root.members()) {
            if (renames && member.name().equals("max_tokens")) {
                edits.add(new ByteEdit(member.nameStart(), nameEnd(bytes, member), NEW_TOKEN_LIMIT));
            }
        }
        if (injectsUsage) {
            edits.add(usageRequest(root));
        }
        edits.sort(Comparator.comparingInt(ByteEdit::start));
        return edits;
    }

    private static ByteEdit usageRequest(JsonNode root) {
        JsonNode options = root.member("stream_options");
        if (options == null) {
            return Splice.insertMember(root, "stream_options", ASK_FOR_USAGE);
        }
        if (options.kind() != JsonKind.OBJECT) {
            return new ByteEdit(options.start(), options.end(), ASK_FOR_USAGE);
        }
        JsonNode asked = options.member("include_usage");
        return asked == null
                ? Splice.insertMember(options, "include_usage", TRUE)
                : new ByteEdit(asked.start(), asked.end(), TRUE);
    }

    private static boolean asksForUsage(JsonNode root) {
        JsonNode options = root.member("stream_options");
        JsonNode asked = options == null || options.kind() != JsonKind.OBJECT ? null : options.member("include_usage");
        return asked != null && asked.kind() == JsonKind.TRUE;
    }

    /** Behind the closing quote; the name may be written with escapes. */
    private static int nameEnd(byte[] bytes, JsonMember member) {
        int i = member.nameStart() + 1;
        while (bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static int choices(JsonNode root) {
        JsonNode n = root.member("n");
        return n == null ? 1 : Math.clamp(n.asLong(1), 1, MOST_CHOICES);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
