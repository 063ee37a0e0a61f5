package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.contract.Bytes;

/** A request body, made ready for one target. */
public sealed interface PreparedBody {

    /**
     * What is sent.
     *
     * @param choices how many answers are asked for
     */
    record Ready(Bytes bytes, int choices) implements PreparedBody {}

    /** The target cannot do what is asked; the path names the member. */
    record Unsupported(String path) implements PreparedBody {}

    /** The body is not the JSON object that the ingress should have let through. */
    record Unreadable() implements PreparedBody {}
}
