package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * The requests that a writer knows to be accepted and not ended, told to the others so that one of them can record what
 * it leaves open when its node dies. Told in parts: what changed since the part before.
 *
 * @param writer address of the writer
 * @param part counts from 0; a part that is not the next one is answered with 0, and all is told again
 * @param opened those that are new, all of them in part 0
 * @param ended request ids that are open no more
 */
public record OpenRequestsTold(
        Deadline deadline, String writer, String node, long part, List<OpenRequest> opened, List<String> ended)
        implements Timed {

    public OpenRequestsTold {
        opened = List.copyOf(opened);
        ended = List.copyOf(ended);
    }
}
