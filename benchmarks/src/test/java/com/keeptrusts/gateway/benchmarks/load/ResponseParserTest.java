package com.keeptrusts.gateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResponseParserTest {

    private static final String SIZED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n{}\n\n";
    private static final String STREAM = "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Transfer-Encoding: chunked|"
            .concat("content-type: text/event-stream||")
            .concat("b;x=1|data: {}^^d|9|ata: 2^||E|data: [DONE]^^|0|Trailer: x||")
            .replace("|", "\r\n")
            .replace("^", "\n");

    private final ResponseParser parser = new ResponseParser();

    @Test
    void anAnswerEndsWhereItsLengthSays() {
        for (int cut = 0; cut <= SIZED.length(); cut++) {
            feed(SIZED, cut);

            assertThat(parser.isDone()).isTrue();
            assertThat(parser.status()).isEqualTo(200);
            assertThat(parser.events()).isZero();
        }
    }

    @Test
    void eventsAreCountedWhereverReadsAndChunksCutThem() {
        for (int cut = 0; cut <= STREAM.length(); cut++) {
            feed(STREAM, cut);

            assertThat(parser.isDone()).isTrue();
            assertThat(parser.isStream()).isTrue();
            assertThat(parser.events()).isEqualTo(3);
            assertThat(parser.hasErrorEvent()).isFalse();
        }
    }

    @Test
    void anEventThatReportsAFailureIsNoticed() {
        feed("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\nevent: error\ndata: {}\n\n", 0);

        assertThat(parser.hasErrorEvent()).isTrue();
        assertThat(parser.events()).isEqualTo(2);
        assertThat(parser.isDone()).isFalse();
        assertThat(parser.closed()).isTrue();
        assertThat(parser.isClosing()).isTrue();
    }

    @Test
    void anAnswerThatIsCutIsNotWhole() {
        feed(STREAM.substring(0, STREAM.length() - 1), 0);

        assertThat(parser.closed()).isFalse();
    }

    @Test
    void moreThanOneAnswerIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> feed(SIZED + "H", 0));
    }

    private void feed(String answer, int cut) {
        byte[] bytes = answer.getBytes(US_ASCII);
        parser.reset();
        parser.feed(Arrays.copyOfRange(bytes, 0, cut));
        parser.feed(Arrays.copyOfRange(bytes, cut, bytes.length));
    }
}
