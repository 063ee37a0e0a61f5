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

    /** {@code ?format=} names one of the forms; what is none of them is FastAPI's 422. */
    void listPublic(HttpServerRequest request, String rest) {
        String format = request.getParam("format");
        for (PublicModels form : PublicModels.values()) {
            if (format == null || form.name().equalsIgnoreCase(format)) {
                answer(request, rest, form::of);
                return;
            }
        }
        replies.refuse(request, Refusals.of(settings.persona()).named("detail", 422));
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

    static ObjectNode plain(Model model) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", model.id())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", model.ownedBy());
    }
}
