package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Bytes;
import com.keeptrusts.gateway.contract.TextLiteral;
import com.keeptrusts.gateway.contract.TrackEdit;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.ingress.OutputStage.Place;
import com.keeptrusts.gateway.json.ByteEdit;
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

    private EventEdits() {}

    static StreamEvent apply(StreamEvent event, List<Place> places) {
        List<Place> inOrder = new ArrayList<>(places);
        inOrder.sort(Comparator.comparingInt(place -> place.literal().start()));
        List<ByteEdit> changes = new ArrayList<>(inOrder.size());
        List<TextLiteral> literals = new ArrayList<>(inOrder.size());
        int shift = -event.start();
        for (Place place : inOrder) {
            TextLiteral old = place.literal();
            List<TextEdit> edits = within(place);
            place.progress().forgetBelow(place.to());
            int length = old.end() - old.start();
            String text = old.text().value();
            if (!edits.isEmpty()) {
                byte[] changed = JsonText.edit(event.bytes().array(), old.start(), old.end(), edits);
                changes.add(new ByteEdit(old.start(), old.end(), changed));
                text = edited(text, edits);
                length = changed.length;
            }
            int start = old.start() + shift;
            literals.add(new TextLiteral(old.track(), start, start + length, new UserText(text)));
            shift += length - (old.end() - old.start());
        }
        if (changes.isEmpty()) {
            return event;
        }
        byte[] bytes = Splice.apply(event.bytes().array(), event.start(), event.end(), changes);
        return new StreamEvent(Bytes.owning(bytes), 0, bytes.length, literals, event.terminal());
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
