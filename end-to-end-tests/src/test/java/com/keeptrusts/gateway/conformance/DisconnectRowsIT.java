package com.keeptrusts.gateway.conformance;

import static com.keeptrusts.gateway.conformance.RawConnection.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.read.EventView;
import com.keeptrusts.gateway.journeys.Await;
import com.keeptrusts.gateway.simulator.script.Script;
import com.keeptrusts.gateway.simulator.script.Step;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes, at any time: R25. */
@Tag("C1")
class DisconnectRowsIT {

    @RegisterExtension
    static final GatewayUnderTest GATEWAY = GatewayUnderTest.with("""
            pack: {name: disconnects, version: 0.1.0}
            policies: {chain: [prompt-injection, pii-detector, audit-logger]}
            providers: {targets: [{id: upstream, provider: cerebras}]}
            """);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void r25_aClientThatGoesWhileItSendsLeavesNothingButItsRecord(boolean reset) throws Exception {
        int before = disconnects();
        RawConnection connection = GATEWAY.connect();
        connection.write("POST " + CHAT + " HTTP/1.1\r\nhost: test\r\ncontent-length: 1000\r\n\r\n{\"model\":");

        leave(connection, reset);

        Await.until(() -> disconnects() == before + 1);
        assertThat(GATEWAY.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void r25_aClientThatGoesBeforeTheAnswerCancelsTheCall(boolean reset) throws Exception {
        for (String body : new String[] {Chats.PLAIN, Chats.STREAMED}) {
            GATEWAY.upstream().reset();
            int before = disconnects();
            RawConnection connection = GATEWAY.connect();
            connection.post(CHAT, body.getBytes(UTF_8), GATEWAY.play(Script.raw(new Step.Stall())));
            Await.until(() -> GATEWAY.upstream().counters().streamsStarted() == 1);

            leave(connection, reset);

            Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
            Await.until(() -> disconnects() == before + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void r25_aClientThatGoesInTheMiddleOfAStreamCancelsItAndFreesThePolicies(boolean reset) throws Exception {
        int before = disconnects();
        RawConnection connection = GATEWAY.connect();
        String[] headers = GATEWAY.play(
                Script.body(Script.write(Chats.chunk("Some words. ") + Chats.chunk("More words. ")), new Step.Stall()));
        connection.post(CHAT, Chats.STREAMED.getBytes(UTF_8), headers);
        String id = requestId(connection.head());
        connection.readUntil("Some words.");
        assertThat(openPolicyStreams()).isEqualTo(1);

        leave(connection, reset);

        Await.until(() -> GATEWAY.upstream().counters().streamsCancelled() == 1);
        Await.until(() -> disconnects() == before + 1);
        Await.until(() -> openPolicyStreams() == 0);
        EventView outcome = GATEWAY.ledger().of(id);
        assertThat(outcome.code()).isEqualTo("client_disconnected");
        assertThat(outcome.endedBy()).isEqualTo("client");
        assertThat(outcome.status()).isEqualTo(200);
    }

    @Test
    void r25_aClientThatGoesWhenItHasEverythingWasServed() throws Exception {
        Answer answer = GATEWAY.streamed(Chats.chunk("hi"), Chats.finish(), Chats.DONE);

        EventView outcome = GATEWAY.ledger().of(answer.requestId());

        assertThat(outcome.endedBy()).isEqualTo("complete");
        assertThat(outcome.code()).isEmpty();
    }

    private static void leave(RawConnection connection, boolean reset) throws Exception {
        if (reset) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private static String requestId(String head) {
        return head.lines()
                .filter(line -> line.startsWith("x-request-id: "))
                .map(line -> line.substring("x-request-id: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static int disconnects() throws Exception {
        return GATEWAY.ledger().countWithCode("client_disconnected");
    }

    private static int openPolicyStreams() throws Exception {
        return GATEWAY.live()
                .managementText("/metrics")
                .lines()
                .filter(line -> line.startsWith("keeptrusts_policy_streams_open{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
