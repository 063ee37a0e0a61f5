package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.simulator.Model;
import com.keeptrusts.gateway.simulator.SimulatorSettings;
import com.keeptrusts.gateway.simulator.answer.Json;
import com.keeptrusts.gateway.simulator.refusal.Refusal;
import com.keeptrusts.gateway.simulator.refusal.Refusals;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/** The lists of models: the short one for clients, the rich one for the public. */
final class ModelsEndpoint {

    private final SimulatorSettings settings;
    private final Replies replies;
    private final Gate gate;

    ModelsEndpoint(SimulatorSettings settings, Replies replies) {
        this.settings = settings;
        this.replies = replies;
        gate = new Gate(settings);
    }

    /** {@code rest} is what follows the base path: empty, or a slash and an id. */
    void list(HttpServerRequest request, String rest) {
        Optional<Refusal> refusal = gate.refusal(request);
        if (refusal.isPresent()) {
            replies.refuse(request, refusal.get());
        } else {
            answer(request, rest, ModelsEndpoint::plain);
        }
    }

    void listPublic(HttpServerRequest request, String rest) {
        answer(request, rest, ModelsEndpoint::rich);
    }

    private void answer(HttpServerRequest request, String rest, Function<Model, ObjectNode> form) {
        if (rest.length() <= 1) {
            var list = Json.MAPPER.createObjectNode().put("object", "list");
            var data = list.putArray("data");
            settings.models().all().forEach(model -> data.add(form.apply(model)));
            replies.json(request, 200, Json.write(list));
            return;
        }
        settings.models()
                .find(rest.substring(1))
                .ifPresentOrElse(
                        model -> replies.json(request, 200, Json.write(form.apply(model))),
                        () -> replies.refuse(
                                request, Refusals.of(settings.persona()).unknownModel(rest.substring(1))));
    }

    private static ObjectNode plain(Model model) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", model.id())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", model.ownedBy());
    }

    private static ObjectNode rich(Model model) {
        ObjectNode node = plain(model);
        node.putObject("capabilities")
                .put("streaming", true)
                .put("tools", true)
                .put("json_mode", true)
                .put("structured_outputs", true)
                .put("reasoning", model.reasoningShare() > 0)
                .put("vision", false);
        node.putArray("supported_parameters")
                .add("temperature")
                .add("top_p")
                .add("max_completion_tokens")
                .add("stop")
                .add("seed")
                .add("tools")
                .add("tool_choice")
                .add("response_format")
                .add("logprobs");
        node.putObject("limits")
                .put("max_context_length", model.contextLimit())
                .put("max_completion_tokens", model.contextLimit());
        return node.put("deprecated", false).put("preview", false);
    }
}
