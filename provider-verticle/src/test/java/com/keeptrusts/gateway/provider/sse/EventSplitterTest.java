package com.keeptrusts.gateway.provider.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventSplitterTest {

    private static final String[] ENDINGS = {"\n", "\r", "\r\n"};
    private static final String[] LINES = {
        "data: {\"a\":1}", "data:x", "data", ": comment", "event: error", "retry: 5", "data: é€😀", "data: [DONE]", "x"
    };

    @Test
    void anyDocumentInAnyReadsGivesTheSameEventsAndLosesNoByte() {
        var random = new Random(20261121);
        for (int i = 0; i < 200_000; i++) {
            byte[] document = document(random);

            List<byte[]> slices = new ArrayList<>();
            var splitter = new EventSplitter();
            for (byte[] read : reads(document, random)) {
                collect(splitter.feed(read), slices);
            }

            byte[] clean = withoutMark(document);
            assertSame(joined(slices, splitter.tail()), clean, document);
            assertSame(decoded(slices), decoded(clean), document);
        }
    }

    @Test
    @Tag("P12")
    void everySplitInTwoGivesTheSameEvents() {
        byte[] document = "\uFEFFdata: a\r\n\r\n: c\r\rdata: b\ndata: é\n\n\n\ndata: [DONE]\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);

        for (int cut = 0; cut <= document.length; cut++) {
            List<byte[]> slices = new ArrayList<>();
            var splitter = new EventSplitter();
            collect(splitter.feed(Arrays.copyOfRange(document, 0, cut)), slices);
            collect(splitter.feed(Arrays.copyOfRange(document, cut, document.length)), slices);

            assertThat(decoded(slices)).isEqualTo("[a][][b\né][[DONE]]");
            assertThat(splitter.insideEvent()).isFalse();
        }
    }

    @Test
    void anEventLeavesWithTheReadThatCompletesIt() {
        var splitter = new EventSplitter();

        assertThat(splitter.feed(ascii("data: a\r"))).isNull();
        EventBlock block = splitter.feed(ascii("\n\r"));

        assertThat(block).isNotNull();
        assertThat(new String(block.bytes(), StandardCharsets.US_ASCII)).isEqualTo("data: a\r\n\r");
    }

    @Test
    @Tag("P13")
    void anEventBeyondTheLimitIsRefused() {
        var splitter = new EventSplitter(100);

        assertThat(splitter.feed(ascii("data: " + "x".repeat(92) + "\n\n"))).isNotNull();
        assertThatThrownBy(() -> splitter.feed(ascii("data: " + "x".repeat(95))))
                .isInstanceOf(EventTooLongException.class);
    }

    @Test
    @Tag("P13")
    void emptyLinesAloneAreNoEventsAndDoNotGrowWithoutBound() {
        var splitter = new EventSplitter(1_000);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_001; i++) {
                        assertThat(splitter.feed(ascii("\n"))).isNull();
                    }
                })
                .isInstanceOf(EventTooLongException.class);
    }

    private static byte[] document(Random random) {
        var text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        int parts = random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(3) > 0) {
                text.append(LINES[random.nextInt(LINES.length)]);
            }
            text.append(ENDINGS[random.nextInt(ENDINGS.length)]);
        }
        if (random.nextInt(3) == 0) {
            text.append("data: tail");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> reads(byte[] document, Random random) {
        List<byte[]> reads = new ArrayList<>();
        int most = 1 + random.nextInt(Math.max(1, document.length));
        int from = 0;
        while (from < document.length) {
            int to = Math.min(document.length, from + random.nextInt(most + 1));
            reads.add(Arrays.copyOfRange(document, from, to));
            from = to;
        }
        return reads;
    }

    private static void collect(@Nullable EventBlock block, List<byte[]> slices) {
        for (int i = 0; block != null && i < block.count(); i++) {
            slices.add(Arrays.copyOfRange(block.bytes(), block.start(i), block.end(i)));
        }
    }

    private static byte[] withoutMark(byte[] document) {
        boolean marked = document.length >= 3 && document[0] == (byte) 0xEF && document[1] == (byte) 0xBB;
        return marked ? Arrays.copyOfRange(document, 3, document.length) : document;
    }

    private static byte[] joined(List<byte[]> slices, byte[] tail) {
        var all = new ByteArrayOutputStream();
        slices.forEach(all::writeBytes);
        all.writeBytes(tail);
        return all.toByteArray();
    }

    private static String decoded(List<byte[]> slices) {
        var data = new StringBuilder();
        slices.forEach(slice -> data.append(decoded(slice)));
        return data.toString();
    }

    /** A decoder of its own, line by line over text: data of each event that has any line at all. */
    private static String decoded(byte[] document) {
        var events = new StringBuilder();
        var data = new ArrayList<String>();
        boolean content = false;
        String text = new String(document, StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) { // what follows the last line end is no line yet
            String line = lines[i];
            if (line.isEmpty()) {
                if (content) {
                    events.append('[').append(String.join("\n", data)).append(']');
                }
                data.clear();
                content = false;
            } else {
                content = true;
                if (line.equals("data")) {
                    data.add("");
                } else if (line.startsWith("data:")) {
                    data.add(line.substring(line.startsWith("data: ") ? 6 : 5));
                }
            }
        }
        return events.toString();
    }

    private static void assertSame(Object found, Object wanted, byte[] document) {
        boolean same = found instanceof byte[] bytes ? Arrays.equals(bytes, (byte[]) wanted) : found.equals(wanted);
        if (!same) { // an assertion object per case would cost more than the cases
            assertThat(found).as("of %s", Arrays.toString(document)).isEqualTo(wanted);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
