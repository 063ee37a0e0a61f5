package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.StreamReleased;
import com.keeptrusts.gateway.contract.TrackText;
import io.vertx.core.Future;
import java.util.List;

/** Reviews the texts of one streamed answer, piece by piece; one piece is in its hands at a time. */
interface StreamReviewer {

    /** Takes the next texts; {@code end} asks for everything that is still held. */
    Future<StreamReleased> feed(List<TrackText> texts, boolean end);

    /** How often the review had to begin anew elsewhere. */
    default int retries() {
        return 0;
    }

    /** The stream is over before its end. */
    void close();
}
