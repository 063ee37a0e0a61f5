package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import io.vertx.core.Vertx;

/** The parts of one ingress instance, wired. */
record Parts(
        Routes routes,
        Workers workers,
        Completions completions,
        ClientConnections connections,
        Journeys journeys,
        Conclusions conclusions,
        Heartbeat heartbeat) {

    static Parts of(Vertx vertx, IngressOptions options) {
        Bus bus = Bus.of(vertx);
        IngressTimings timings = options.timings();
        var metrics = new IngressMetrics(options.meters(), options.instance());
        var ids = new TimeOrderedIds();
        var heartbeat = new Heartbeat(vertx);
        var workers = new Workers(Line.of(bus, options.node()), Alarms.of(vertx), options.node(), options.instance());
        var doorman =
                new Doorman(options.status().connections(), options.limits().connections(), metrics);
        var connections = new ClientConnections(doorman, timings, options.status(), metrics);
        var completions = new Completions(vertx, Address.ingress(options.node(), options.instance()), workers, timings);
        var trail = new AuditTrail(workers, options.node(), timings, options.spool(), options.status(), metrics);
        var entries = new JourneyEntries(options, ids);
        var attribution = new Attribution(options.vault());
        var conclusions = new Conclusions(trail, entries, attribution, metrics, options);
        var verdicts = new Verdicts(options.failMode(), metrics);
        var chain = new PolicyChain(workers, options.node(), timings, verdicts, metrics);
        var conductor =
                new Conductor(options, bus, workers, completions, chain, verdicts, conclusions, heartbeat, metrics);
        var journeys = new Journeys();
        var handler = new ChatCompletionHandler(
                vertx,
                options,
                ids,
                new Admission(options.limits()),
                heartbeat,
                chain,
                conductor,
                conclusions,
                attribution,
                journeys);
        var sides = new SideRoutes(options, ids, workers, trail);
        var routes = new Routes(vertx, options, ids, handler, sides, conclusions, metrics);
        heartbeat.add(connections);
        heartbeat.add(completions);
        heartbeat.add(conclusions);
        heartbeat.add(
                new Pauses(System.nanoTime(), millis -> journeys.open().forEach(journey -> journey.paused(millis))));
        return new Parts(routes, workers, completions, connections, journeys, conclusions, heartbeat);
    }
}
