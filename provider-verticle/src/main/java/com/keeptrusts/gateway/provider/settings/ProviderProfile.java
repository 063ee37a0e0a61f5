package com.keeptrusts.gateway.provider.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a provider that speaks the OpenAI dialect.
 *
 * @param baseUrl where it is, unless the target says otherwise
 * @param keyVariable environment variable of its key, unless the target says otherwise
 * @param rules what its schema does not know
 * @param asksForUsage whether a stream reports usage only when asked
 * @param knowsUnlimited whether a token limit of -1 stands for none
 * @param renamesTokenLimit prefixes of models that know {@code max_completion_tokens} only
 * @param ownHeaders client headers, in lower case, that are meant for this provider and no other
 * @param quick whether a whole JSON answer may be expected within the time of a first token
 */
public record ProviderProfile(
        String name,
        @Nullable String baseUrl,
        String keyVariable,
        FieldRules rules,
        boolean asksForUsage,
        boolean knowsUnlimited,
        List<String> renamesTokenLimit,
        List<String> ownHeaders,
        boolean quick) {

    public ProviderProfile {
        renamesTokenLimit = List.copyOf(renamesTokenLimit);
        ownHeaders = List.copyOf(ownHeaders);
    }
}
