package com.keeptrusts.gateway.simulator.server;

import com.keeptrusts.gateway.simulator.SimulatorSettings;
import com.keeptrusts.gateway.simulator.answer.PreparedAnswers;
import com.keeptrusts.gateway.simulator.fault.FaultRules;
import com.keeptrusts.gateway.simulator.limit.RateModel;
import com.keeptrusts.gateway.simulator.observe.Counters;
import com.keeptrusts.gateway.simulator.observe.Lag;
import com.keeptrusts.gateway.simulator.observe.RequestJournal;
import com.keeptrusts.gateway.simulator.request.CurrentOptions;
import com.keeptrusts.gateway.simulator.script.Scripts;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** What all event loops of one simulator share. Everything in it is thread-safe. */
public record World(
        SimulatorSettings settings,
        CurrentOptions options,
        FaultRules faults,
        PreparedAnswers answers,
        RequestJournal journal,
        Counters counters,
        Lag lag,
        RateModel rates,
        Scripts scripts,
        Outage outage,
        AtomicLong requestNumber) {

    public static World of(SimulatorSettings settings) {
        return new World(
                settings,
                new CurrentOptions(settings.options()),
                new FaultRules(),
                new PreparedAnswers(),
                new RequestJournal(settings.requestsKept()),
                new Counters(),
                new Lag(),
                new RateModel(InstantSource.system()),
                new Scripts(),
                new Outage(),
                new AtomicLong());
    }
}
