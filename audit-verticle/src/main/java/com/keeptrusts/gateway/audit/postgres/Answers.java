package com.keeptrusts.gateway.audit.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the server on a thread that may be blocked. */
final class Answers {

    private Answers() {}

    /**
     * The answer, if it comes in time.
     *
     * @throws ServerRefusedException when the server answered that it failed
     * @throws LostConnectionException when no answer came
     */
    static <T> T await(Future<T> answer, Duration limit) throws IOException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PgException said && !ServerRefusedException.endsConnection(said)) {
                throw new ServerRefusedException(said);
            }
            throw new LostConnectionException(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new LostConnectionException("no answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LostConnectionException("interrupted");
        }
    }
}
