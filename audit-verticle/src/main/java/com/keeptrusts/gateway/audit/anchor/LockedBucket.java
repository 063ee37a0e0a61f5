package com.keeptrusts.gateway.audit.anchor;

import com.keeptrusts.gateway.audit.witness.Published;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bucket with S3's interface and Object Lock: each checkpoint is an object of its own, under the log's writer and the
 * tree's size, that nobody can replace or remove for the given days. The bucket must have Object Lock switched on.
 */
final class LockedBucket implements Anchor {

    private static final int EXISTS = 412;

    private final HttpClient client;
    private final AnchorSettings.OfBucket settings;
    private final Function<String, @Nullable String> environment;
    private final Clock clock;
    private final String host;
    private final String root;
    private long kept = -1;

    LockedBucket(
            Vertx vertx,
            AnchorSettings.OfBucket settings,
            Function<String, @Nullable String> environment,
            Clock clock) {
        this.client = OutsideClient.of(vertx);
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
        int port = settings.endpoint().getPort();
        this.host = settings.endpoint().getHost() + (port < 0 ? "" : ":" + port);
        this.root = settings.endpoint().getScheme() + "://" + host;
    }

    @Override
    public Future<List<String>> keep(Published published) {
        if (published.size() == kept) {
            return Future.succeededFuture(List.of());
        }
        String path = path(published);
        byte[] note = published.note().toString().getBytes(StandardCharsets.UTF_8);
        return send(HttpMethod.PUT, path, note, lock(note))
                .compose(answer -> switch (answer.status()) {
                    case 200 -> Future.<Void>succeededFuture();
                    case EXISTS -> compare(published, path);
                    default -> Future.failedFuture("PUT " + path + ": status " + answer.status() + " (expected: 200)");
                })
                .map(_ -> {
                    kept = published.size();
                    return List.of();
                });
    }

    /** An object of this size is there: it must say the same of the tree. */
    private Future<Void> compare(Published published, String path) {
        return send(HttpMethod.GET, path, new byte[0], Map.of()).compose(answer -> {
            if (answer.status() != 200) {
                return Future.failedFuture("GET " + path + ": status " + answer.status() + " (expected: 200)");
            }
            return answer.body().startsWith(published.note().text() + "\n")
                    ? Future.succeededFuture()
                    : Future.failedFuture(new ContradictedException(root + path, published.size(), false));
        });
    }

    /** Headers of Object Lock, which S3 accepts with a checksum only. */
    private Map<String, String> lock(byte[] note) {
        Instant until =
                clock.instant().plus(Duration.ofDays(settings.lockDays())).truncatedTo(ChronoUnit.SECONDS);
        byte[] digest = HexFormat.of().parseHex(AwsSignature.sha256(note));
        return Map.of(
                "if-none-match",
                "*",
                "x-amz-checksum-sha256",
                Base64.getEncoder().encodeToString(digest),
                "x-amz-object-lock-mode",
                "COMPLIANCE",
                "x-amz-object-lock-retain-until-date",
                until.toString());
    }

    private Future<SmallAnswer> send(HttpMethod method, String path, byte[] content, Map<String, String> more) {
        String accessKey = environment.apply(settings.accessKeyVariable());
        String secretKey = environment.apply(settings.secretKeyVariable());
        if (accessKey == null || secretKey == null) {
            return Future.failedFuture(settings.accessKeyVariable() + " or " + settings.secretKeyVariable()
                    + ": not set (expected: the key pair of the bucket)");
        }
        var headers = new TreeMap<>(more);
        headers.put("host", host);
        headers.put("x-amz-date", AwsSignature.time(clock.instant()));
        headers.put("x-amz-content-sha256", AwsSignature.sha256(content));
        String authorization =
                new AwsSignature(accessKey, secretKey, settings.region()).authorization(method.name(), path, headers);
        var request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(root + path)
                .setTimeout(OutsideClient.LIMIT_MILLIS);
        headers.forEach(request::putHeader);
        request.putHeader("authorization", authorization);
        return client.request(request).compose(sent -> SmallAnswer.to(sent, Buffer.buffer(content)));
    }

    private String path(Published published) {
        String origin = published.checkpoint().origin();
        String writer = origin.substring(origin.lastIndexOf('/') + 1);
        return "/" + settings.bucket() + "/" + settings.prefix() + writer + "/" + "%016d".formatted(published.size());
    }

    @Override
    public Future<Void> close() {
        return Objects.requireNonNull(client.close());
    }
}
