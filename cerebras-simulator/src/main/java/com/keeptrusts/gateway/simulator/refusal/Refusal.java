package com.keeptrusts.gateway.simulator.refusal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.keeptrusts.gateway.simulator.answer.Json;
import org.jspecify.annotations.Nullable;

/** An answer that is an error: a status and a body as the service would send it. */
public record Refusal(int status, String contentType, String body) {

    static Refusal json(int status, ObjectNode body) {
        return new Refusal(status, "application/json", Json.write(body));
    }

    static Refusal empty(int status) {
        return new Refusal(status, "text/plain", "");
    }

    static Refusal html(int status) {
        return new Refusal(
                status,
                "text/html; charset=UTF-8",
                "<!DOCTYPE html><html><head><title>" + status + "</title></head><body><h1>Error " + status
                        + "</h1><p>The origin is not reachable.</p></body></html>");
    }

    static ObjectNode error(String message, @Nullable String type, @Nullable String param, @Nullable String code) {
        return Json.MAPPER
                .createObjectNode()
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
    }
}
