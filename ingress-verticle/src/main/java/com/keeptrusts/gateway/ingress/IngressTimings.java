package com.keeptrusts.gateway.ingress;

import java.time.Duration;

/**
 * Every limit in time that the ingress keeps.
 *
 * @param policyHop for one ask of a policy worker; longer texts get more
 * @param streamHop for one ask about a piece of a streamed answer
 * @param providerAccept for a provider worker to take a call up
 * @param auditAppend for one ask of an audit writer
 * @param workerWait how long to wait for a first worker of a kind to appear
 * @param total for a whole model call
 * @param headers for a new connection's first request head
 * @param keepAlive for an idle connection
 * @param bodyGrace after which a body must have come at 1 KiB a second
 * @param clientStall how long a client may read nothing
 * @param comment between two keep-alive comments on a silent stream
 * @param linger how long an unwanted body is read before the connection is closed
 */
public record IngressTimings(
        Duration policyHop,
        Duration streamHop,
        Duration providerAccept,
        Duration auditAppend,
        Duration workerWait,
        Duration total,
        Duration headers,
        Duration keepAlive,
        Duration bodyGrace,
        Duration clientStall,
        Duration comment,
        Duration linger) {

    public static final IngressTimings DEFAULT = new IngressTimings(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofMillis(900),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(75),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1));
}
