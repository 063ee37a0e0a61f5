package com.keeptrusts.gateway.contract;

import java.util.List;

/** What a provider node has found out about targets that are not well, told to the other provider nodes. */
public record TargetsTold(String node, List<TargetTold> targets) implements BusMessage {

    public TargetsTold {
        targets = List.copyOf(targets);
    }
}
