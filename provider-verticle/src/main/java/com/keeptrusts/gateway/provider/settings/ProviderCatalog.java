package com.keeptrusts.gateway.provider.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The known providers. To add one that speaks the OpenAI dialect, add a row here. */
public final class ProviderCatalog {

    private static final Map<String, ProviderProfile> ROWS = Stream.of(
                    new ProviderProfile(
                            "cerebras",
                            "https://api.cerebras.ai",
                            "CEREBRAS_API_KEY",
                            new FieldRules(
                                    List.of(
                                            "messages[].annotations=[]",
                                            "messages[].annotations=null",
                                            "messages[].audio=null",
                                            "messages[].function_call=null",
                                            "messages[].refusal=null",
                                            "metadata",
                                            "modalities",
                                            "moderation",
                                            "prompt_cache_options",
                                            "prompt_cache_retention",
                                            "reasoning_effort=minimal",
                                            "reasoning_effort=xhigh",
                                            "safety_identifier",
                                            "service_tier=scale",
                                            "store",
                                            "stream_options.include_obfuscation",
                                            "verbosity"),
                                    List.of("audio", "function_call", "functions", "web_search_options")),
                            false,
                            true,
                            List.of(),
                            List.of("x-cerebras-version-patch", "queue_threshold", "x-delay-time"),
                            true),
                    new ProviderProfile(
                            "openai",
                            "https://api.openai.com",
                            "OPENAI_API_KEY",
                            new FieldRules(
                                    List.of(
                                            "clear_thinking",
                                            "disable_reasoning",
                                            "min_completion_tokens",
                                            "min_tokens",
                                            "model_parameters",
                                            "reasoning_format",
                                            "reasoning_logprobs",
                                            "messages[].reasoning"),
                                    List.of("messages[].content[].type=image")),
                            true,
                            false,
                            List.of("o1", "o3", "o4", "gpt-5"),
                            List.of("openai-organization", "openai-project"),
                            false))
            .collect(Collectors.toUnmodifiableMap(ProviderProfile::name, Function.identity()));

    private ProviderCatalog() {}

    public static Collection<ProviderProfile> known() {
        return ROWS.values();
    }

    /** The row of a known provider, or what can be assumed of any other that speaks the OpenAI dialect. */
    public static ProviderProfile profile(String name) {
        ProviderProfile known = ROWS.get(name);
        if (known != null) {
            return known;
        }
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
        return new ProviderProfile(name, null, variable, FieldRules.NONE, false, true, List.of(), List.of(), false);
    }
}
