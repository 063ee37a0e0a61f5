package com.keeptrusts.gateway.contract;

import java.util.List;

/**
 * Asks a provider worker to make a model call and to send its {@link CompletionEvent}s to {@code replyTo}.
 *
 * @param epoch number of the attempt on the bus; events of another epoch are dropped by the ingress
 * @param deadline within which the call must be taken up; the model call itself has until {@code totalMillis}
 * @param settingsDigest digest under which the providers section can be asked for
 * @param model as the client spelled it
 * @param includeUsage whether the client itself asked for {@code stream_options.include_usage}
 * @param extractText whether frames must carry the positions of the answer's texts, for output policies
 * @param headers of the client, those that may travel upstream
 * @param body as the client sent it, with the policies' edits spliced in
 * @param maxResponseBytes of the whole answer; {@link #UNLIMITED}, or absent, where nothing is configured
 */
public record CompletionCall(
        String requestId,
        int epoch,
        Deadline deadline,
        long totalMillis,
        String replyTo,
        Endpoint endpoint,
        String settingsDigest,
        String model,
        boolean stream,
        boolean includeUsage,
        boolean extractText,
        List<Header> headers,
        Bytes body,
        Window window,
        long maxResponseBytes)
        implements Timed {

    public static final long UNLIMITED = Long.MAX_VALUE;

    public CompletionCall {
        headers = List.copyOf(headers);
        maxResponseBytes = maxResponseBytes <= 0 ? UNLIMITED : maxResponseBytes;
    }
}
