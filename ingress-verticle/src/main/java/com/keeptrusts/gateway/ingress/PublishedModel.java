package com.keeptrusts.gateway.ingress;

/** A model as {@code GET /v1/models} lists it. */
public record PublishedModel(String id, String ownedBy) {}
