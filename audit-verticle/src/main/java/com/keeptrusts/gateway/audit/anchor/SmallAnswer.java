package com.keeptrusts.gateway.audit.anchor;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;

/** An answer over HTTP of which no more than 64 KiB is read. */
record SmallAnswer(int status, String contentType, String body) {

    private static final int LONGEST = 64 * 1024;

    /** Sends the body, if it is not empty, and reads the answer. */
    static Future<SmallAnswer> to(HttpClientRequest request, Buffer body) {
        Future<HttpClientResponse> responded = body.length() == 0 ? request.send() : request.send(body);
        return responded.compose(response -> read(request, response));
    }

    private static Future<SmallAnswer> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<SmallAnswer> answer = Promise.promise();
        Buffer read = Buffer.buffer();
        response.handler(part -> {
            read.appendBuffer(part);
            if (read.length() > LONGEST) {
                answer.tryFail("the answer is longer than " + LONGEST + " bytes");
                request.reset();
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(_ -> answer.tryComplete(new SmallAnswer(
                response.statusCode(),
                String.valueOf(response.getHeader("content-type")),
                read.toString(StandardCharsets.UTF_8))));
        return answer.future();
    }
}
