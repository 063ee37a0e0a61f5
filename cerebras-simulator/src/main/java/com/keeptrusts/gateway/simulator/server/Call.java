package com.keeptrusts.gateway.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.keeptrusts.gateway.simulator.request.Kind;
import com.keeptrusts.gateway.simulator.request.Options;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** One request for a completion, as far as it is understood; {@code document} is absent when the body is no JSON object. */
record Call(
        HttpServerRequest http,
        Kind kind,
        Optional<JsonNode> document,
        String model,
        Options options,
        long acceptedAt) {}
