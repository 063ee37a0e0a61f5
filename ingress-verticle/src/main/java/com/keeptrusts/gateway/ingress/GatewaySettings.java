package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code gateway}.
 *
 * @param blockStatus HTTP status of a policy's block: 400, 403 or 409
 * @param clientKeys when there are any, a request needs one of them
 * @param responseHeaders whether answers carry the {@code x-keeptrusts-*} headers
 */
public record GatewaySettings(int blockStatus, List<ClientKey> clientKeys, boolean responseHeaders) {

    public static final GatewaySettings DEFAULT = new GatewaySettings(400, List.of(), true);

    public GatewaySettings {
        clientKeys = List.copyOf(clientKeys);
        Set<String> names = new HashSet<>();
        for (ClientKey key : clientKeys) {
            if (!names.add(key.name())) {
                throw new IllegalArgumentException("client_keys: two named '" + key.name() + "' (expected: one)");
            }
        }
    }

    public static GatewaySettings from(Section section) {
        return new GatewaySettings(
                blockStatus(section),
                section.sections("client_keys", ClientKey::from),
                section.bool("response_headers", true));
    }

    /** Looks the secrets of {@code secret_ref.env} up; a key whose variable is not set matches nothing. */
    public GatewaySettings resolved(UnaryOperator<@Nullable String> environment) {
        return new GatewaySettings(
                blockStatus,
                clientKeys.stream().map(key -> key.resolved(environment)).toList(),
                responseHeaders);
    }

    /** Who has this key. All keys are compared, so that the time does not tell which. */
    public Optional<ClientKey> holder(String secret) {
        byte[] digest = ClientKey.digest(secret);
        Optional<ClientKey> found = Optional.empty();
        for (ClientKey key : clientKeys) {
            found = key.matches(digest) ? Optional.of(key) : found;
        }
        return found;
    }

    private static int blockStatus(Section section) {
        int status = section.integer("block_status", 400, 400, 409);
        if (status != 400 && status != 403 && status != 409) {
            section.refuse("block_status", status + " (expected: 400, 403 or 409)");
            return 400;
        }
        return status;
    }
}
