package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.CompletionEvent.CompletionFrame;
import com.keeptrusts.gateway.contract.EventTexts;
import com.keeptrusts.gateway.contract.TextLiteral;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One server-sent event on its way to the client, as a range of bytes that are not written to.
 *
 * @param literals its texts; offsets count from the start of {@code bytes}
 * @param terminal whether it belongs to the end of the answer
 */
record StreamEvent(Bytes bytes, int start, int end, List<TextLiteral> literals, boolean terminal) {

    int length() {
        return end - start;
    }

    static List<StreamEvent> of(CompletionFrame frame) {
        Bytes bytes = frame.bytes();
        List<StreamEvent> events = new ArrayList<>(frame.texts().size());
        for (EventTexts event : frame.texts()) {
            events.add(new StreamEvent(bytes, event.start(), event.end(), event.literals(), frame.terminal()));
        }
        return events;
    }

    /** Whether some event of the frame says something that nobody could read. */
    static boolean unreadable(CompletionFrame frame) {
        int at = 0;
        for (EventTexts event : frame.texts()) {
            boolean readable = event.opaque() ? !says(frame.bytes().array(), event) : holdsItsTexts(event);
            if (event.start() != at
                    || event.end() < at
                    || event.end() > frame.bytes().length()
                    || !readable) {
                return true;
            }
            at = event.end();
        }
        return at != frame.bytes().length();
    }

    private static boolean holdsItsTexts(EventTexts event) {
        for (TextLiteral text : event.literals()) {
            if (text.start() < event.start() || text.end() < text.start() + 2 || text.end() > event.end()) {
                return false;
            }
        }
        return true;
    }

    /** Only data says something to a client, and the mark at the end does not. */
    private static boolean says(byte[] bytes, EventTexts event) {
        String text = new String(bytes, event.start(), event.end() - event.start(), StandardCharsets.UTF_8);
        return text.lines()
                .anyMatch(
                        line -> line.startsWith("data") && !line.equals("data: [DONE]") && !line.equals("data:[DONE]"));
    }
}
