package com.keeptrusts.gateway.ingress;

import io.vertx.core.Promise;

/**
 * A question that a worker has not answered.
 *
 * @param at when it was asked, by the clock of {@link Alarms}
 * @param prompt whether a worker that lives answers it soon
 */
record Ask<A>(Promise<A> answer, long at, boolean prompt) {}
