package com.keeptrusts.gateway.policy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Address;
import com.keeptrusts.gateway.contract.Bus;
import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Deadline;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.PolicyCall;
import com.keeptrusts.gateway.contract.PolicyStep;
import com.keeptrusts.gateway.contract.PolicyVerdict;
import com.keeptrusts.gateway.contract.Settings;
import com.keeptrusts.gateway.contract.StreamOpen;
import com.keeptrusts.gateway.contract.StreamText;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.TrackRelease;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.pii.GeneratedTexts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker of the {@code pii-detector} on the bus: what it answers to a stream is what it answers to the whole. */
@ExtendWith(VertxExtension.class)
class PiiWorkerTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String WORKER = Address.policyWorker("pii-detector", "node-1", 0);
    private static final Track CONTENT = new Track(0, Channel.ASSISTANT, 0);

    private Bus bus;
    private PolicyStep step;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        Bus.prepare(vertx);
        bus = Bus.of(vertx);
        Bytes settings = Bytes.utf8("{}");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(settings.array()));
        bus.answer(Address.ofSettings(digest), _ -> Future.succeededFuture(new Settings(digest, settings)))
                .await(5, SECONDS);
        step = new PolicyStep("pii-detector", digest);
        var node = new PolicyNode("node-1", PolicyCatalog.installed(), new SimpleMeterRegistry(), "test");
        vertx.deployVerticle(new PolicyVerticle(new PolicyOptions("pii-detector", 0, node)))
                .await(20, SECONDS);
    }

    @Test
    void whateverThePiecesOfAStreamTheWorkerSaysWhatItSaysToTheWhole() throws Exception {
        var texts = new GeneratedTexts(31);
        var random = new Random(32);
        for (int i = 0; i < 150; i++) {
            String text = texts.next();
            String whole = whole(text);
            for (int longest : new int[] {1, 2, 5, 20}) {
                assertThat(streamed(longest == 1 && text.length() > 500 ? 2 : longest, text, random))
                        .as("%s in pieces of %d", text, longest)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void theVerdictOnAStreamCountsWhatTheVerdictOnTheWholeCounts() throws Exception {
        String text = "Mail ann@example.org or bob@example.org, card 4012 8888 8888 1881.";

        PolicyVerdict whole = verdict(text);
        open();
        for (int at = 0; at < text.length(); at++) {
            var answer = bus.ask(Address.ofStreamText(WORKER), piece(at, text.substring(at, at + 1), false), LIMIT)
                    .await(5, SECONDS);
            assertThat(answer.verdict()).isNull();
        }
        PolicyVerdict streamed = bus.ask(Address.ofStreamText(WORKER), piece(text.length(), "", true), LIMIT)
                .await(5, SECONDS)
                .verdict();

        assertThat(Objects.requireNonNull(streamed).findings())
                .isEqualTo(whole.findings())
                .containsEntry("EMAIL", 2)
                .containsEntry("CREDIT_CARD", 1);
        assertThat(streamed.coverage().charactersScanned()).isEqualTo(text.length());
        assertThat(streamed.reason()).isEqualTo(whole.reason());
    }

    private String streamed(int longest, String text, Random random) throws Exception {
        open();
        var out = new StringBuilder();
        long left = 0;
        int seq = 0;
        for (int at = 0; at <= text.length(); ) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(longest));
            boolean end = to == text.length();
            var answer = bus.ask(Address.ofStreamText(WORKER), piece(seq++, text.substring(at, to), end), LIMIT)
                    .await(5, SECONDS);
            for (TrackRelease release : answer.releases()) {
                assertThat(release.upTo()).isBetween(left, (long) to);
                for (TrackEdit edit : release.edits()) {
                    out.append(text, (int) left, (int) edit.start())
                            .append(edit.replacement().value());
                    left = edit.end();
                }
                out.append(text, (int) left, (int) release.upTo());
                left = release.upTo();
            }
            at = end ? to + 1 : to;
        }
        assertThat(left).isEqualTo(text.length());
        return out.toString();
    }

    private String whole(String text) throws Exception {
        var edited = new StringBuilder(text);
        if (verdict(text).decision() instanceof Decision.Redact redact) {
            for (Edit edit : redact.edits().reversed()) {
                edited.replace(edit.start(), edit.end(), edit.replacement().value());
            }
        }
        return edited.toString();
    }

    private PolicyVerdict verdict(String text) throws Exception {
        var part = new TextPart(0, 0, Channel.ASSISTANT, "choices[0].message.content", new UserText(text));
        var call = new PolicyCall("r-1", Deadline.in("asker", 5_000), Phase.OUTPUT, List.of(step), List.of(part));
        return bus.ask(Address.ofPolicy(WORKER), call, LIMIT)
                .await(5, SECONDS)
                .verdicts()
                .getFirst();
    }

    private void open() throws Exception {
        bus.ask(Address.ofStreamOpen(WORKER), new StreamOpen("r-1", Deadline.in("asker", 5_000), step), LIMIT)
                .await(5, SECONDS);
    }

    private static StreamText piece(long seq, String text, boolean end) {
        var texts = List.of(new TrackText(CONTENT, new UserText(text)));
        return new StreamText("r-1", Deadline.in("asker", 5_000), "pii-detector", seq, texts, end);
    }
}
