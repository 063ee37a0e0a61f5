package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.ingress.OutputStage.Place;
import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonRefusal;
import com.keeptrusts.gateway.json.JsonText;
import com.keeptrusts.gateway.json.Splice;
import com.keeptrusts.gateway.json.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Applies the edits of tracks to the part of them that one event holds. Of an edit that spans several events the first
 * gets the replacement, the others lose their share of what is replaced.
 */
final class EventEdits {

    /** Instead of an event that cannot be edited safely. */
    private static final Bytes WITHHELD = Bytes.utf8(": an event was withheld\n\n");

    private EventEdits() {}

    static StreamEvent apply(StreamEvent event, List<Place> places) {
        List<Place> inOrder = new ArrayList<>(places);
        inOrder.sort(Comparator.comparingInt(place -> place.literal().start()));
        byte[] bytes = event.bytes().array();
        List<ByteEdit> changes = new ArrayList<>(inOrder.size());
        List<TextLiteral> literals = new ArrayList<>(inOrder.size());
        for (Place place : inOrder) {
            TextLiteral old = place.literal();
            List<TextEdit> edits = within(place);
            place.progress().forgetBelow(place.to());
            if (edits.isEmpty()) {
                literals.add(old);
            } else {
                changes.add(new ByteEdit(old.start(), old.end(), JsonText.edit(bytes, old.start(), old.end(), edits)));
                literals.add(new TextLiteral(
                        old.track(),
                        old.start(),
                        old.end(),
                        new UserText(edited(old.text().value(), edits))));
            }
        }
        if (changes.isEmpty()) {
            return event;
        }
        if (TokenDetails.mayStandIn(bytes, event.start(), event.end())) {
            try {
                List<ByteEdit> withheld = tokenDetails(bytes, event);
                changes.removeIf(change -> isWithin(withheld, change.start(), change.end()));
                literals.removeIf(literal -> isWithin(withheld, literal.start(), literal.end()));
                changes.addAll(withheld);
            } catch (JsonRefusal inPieces) {
                return new StreamEvent(WITHHELD, 0, WITHHELD.length(), List.of(), event.terminal());
            }
        }
        byte[] edited = Splice.apply(bytes, event.start(), event.end(), changes);
        return new StreamEvent(
                Bytes.owning(edited),
                0,
                edited.length,
                literals.stream()
                        .map(literal -> moved(literal, event.start(), changes))
                        .toList(),
                event.terminal());
    }

    private static List<ByteEdit> tokenDetails(byte[] bytes, StreamEvent event) {
        int from = event.start();
        while (from < event.end() && bytes[from] != '{') {
            from++;
        }
        int to = event.end();
        while (to > from && bytes[to - 1] != '}') {
            to--;
        }
        return TokenDetails.withheld(bytes, from, to);
    }

    private static boolean isWithin(List<ByteEdit> ranges, int start, int end) {
        return ranges.stream().anyMatch(range -> range.start() <= start && end <= range.end());
    }

    /** Where a literal stands once everything was changed. */
    private static TextLiteral moved(TextLiteral literal, int eventStart, List<ByteEdit> changes) {
        int start = literal.start() - eventStart;
        int length = literal.end() - literal.start();
        for (ByteEdit change : changes) {
            if (change.end() <= literal.start()) {
                start += change.replacement().length - (change.end() - change.start());
            } else if (change.start() == literal.start()) {
                length = change.replacement().length;
            }
        }
        return new TextLiteral(literal.track(), start, start + length, literal.text());
    }

    private static List<TextEdit> within(Place place) {
        List<TextEdit> edits = new ArrayList<>(2);
        long from = place.from();
        long to = place.to();
        for (TrackEdit edit : place.progress().edits()) {
            long start = Math.max(edit.start(), from);
            long end = Math.min(edit.end(), to);
            boolean insertion = edit.start() == edit.end() && start >= from && start < to;
            if (start < end || insertion) {
                String replacement = edit.start() >= from ? edit.replacement().value() : "";
                edits.add(new TextEdit((int) (start - from), (int) (end - from), replacement));
            }
        }
        return edits;
    }

    private static String edited(String text, List<TextEdit> edits) {
        var changed = new StringBuilder(text.length());
        int at = 0;
        for (TextEdit edit : edits) {
            changed.append(text, at, edit.start()).append(edit.replacement());
            at = edit.end();
        }
        return changed.append(text, at, text.length()).toString();
    }
}
