package com.keeptrusts.gateway.contract;

/** A question that is worth nothing after its deadline; whoever dequeues it later drops it unanswered. */
public sealed interface Timed extends BusMessage
        permits PolicyCall,
                StreamOpen,
                StreamText,
                CompletionCall,
                AppendEntries,
                AddCheckpoint,
                WitnessedCall,
                OpenRequestsTold,
                ConfigProposal {

    Deadline deadline();
}
