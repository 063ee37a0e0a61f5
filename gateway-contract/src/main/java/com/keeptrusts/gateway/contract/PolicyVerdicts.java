package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * One verdict for each step that was reviewed, in the order of the call. Edits of a later verdict refer to the texts as
 * the earlier ones left them. Fewer verdicts than steps without a stopping one means that the rest is not served there.
 */
public record PolicyVerdicts(List<PolicyVerdict> verdicts) implements BusMessage {

    public PolicyVerdicts {
        verdicts = List.copyOf(verdicts);
    }
}
