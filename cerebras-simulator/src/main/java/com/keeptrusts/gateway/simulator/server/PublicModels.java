package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.simulator.Model;
import com.keeptrusts.gateway.simulator.answer.Json;
import java.util.List;

/** A model as the public catalogue describes it, in the service's own form and in those of two directories. */
enum PublicModels {
    DEFAULT {
        @Override
        ObjectNode of(Model model) {
            ObjectNode node = ModelsEndpoint.plain(model)
                    .put("name", model.id())
                    .put("description", "A simulated model.")
                    .put("deprecated", false)
                    .put("preview", false);
            node.putObject("pricing").put("prompt", PRICE).put("completion", PRICE);
            ObjectNode capabilities = node.putObject("capabilities");
            CAPABILITIES.forEach(name -> capabilities.put(name, true));
            capabilities.put("reasoning", model.reasoningShare() > 0).put("vision", false);
            ObjectNode parameters = node.putObject("supported_parameters");
            PARAMETERS.forEach(name -> parameters.put(name, true));
            parameters.put("repetition_penalty", false);
            node.putObject("architecture")
                    .put("modality", "text")
                    .put("tokenizer", "simulated")
                    .putNull("instruct_type");
            node.putObject("limits")
                    .put("max_context_length", model.contextLimit())
                    .put("max_completion_tokens", model.contextLimit())
                    .putNull("requests_per_minute")
                    .putNull("tokens_per_minute");
            return node;
        }
    },
    OPENROUTER {
        @Override
        ObjectNode of(Model model) {
            ObjectNode node = Json.MAPPER
                    .createObjectNode()
                    .put("id", "cerebras/" + model.id())
                    .put("name", model.id())
                    .put("created", 0)
                    .put("context_length", model.contextLimit())
                    .put("max_output_length", model.contextLimit())
                    .put("quantization", "fp16");
            node.putObject("pricing").put("prompt", PRICE).put("completion", PRICE);
            PARAMETERS.forEach(node.putArray("supported_sampling_parameters")::add);
            return node;
        }
    },
    HUGGINGFACE {
        @Override
        ObjectNode of(Model model) {
            ObjectNode node = ModelsEndpoint.plain(model).put("context_length", model.contextLimit());
            node.putObject("pricing").put("input", 0.1).put("output", 0.1);
            node.putObject("capabilities").put("streaming", true).put("function_calling", true);
            return node;
        }
    };

    private static final String PRICE = "0.0000001";
    private static final List<String> CAPABILITIES = List.of(
            "function_calling",
            "json_mode",
            "parallel_tool_calls",
            "response_format",
            "streaming",
            "structured_outputs",
            "tool_choice",
            "tools");
    private static final List<String> PARAMETERS = List.of(
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "presence_penalty",
            "seed",
            "stop",
            "temperature",
            "top_logprobs",
            "top_p");

    abstract ObjectNode of(Model model);
}
