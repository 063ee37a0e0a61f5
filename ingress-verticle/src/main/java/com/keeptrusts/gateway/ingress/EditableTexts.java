package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Edit;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonText;
import com.keeptrusts.gateway.json.Splice;
import com.keeptrusts.gateway.json.TextEdit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The texts of one JSON document while policies change them, one after the other. Only the literals that were edited are
 * written anew, and in those only the edited characters; every other byte stays.
 */
final class EditableTexts {

    private final byte[] document;
    private final List<RequestText> places;
    private final List<TextPart> parts;
    private final Set<Channel> channels = EnumSet.noneOf(Channel.class);
    private final byte[][] literals;
    private boolean edited;

    EditableTexts(byte[] document, List<RequestText> places) {
        this.document = document;
        this.places = places;
        this.parts = new ArrayList<>(places.size());
        for (RequestText place : places) {
            parts.add(place.part());
            channels.add(place.part().channel());
        }
        this.literals = new byte[places.size()][];
    }

    /** The texts as they are now. */
    List<TextPart> parts() {
        return parts;
    }

    /** Where the texts stand. */
    Set<Channel> channels() {
        return channels;
    }

    boolean edited() {
        return edited;
    }

    /**
     * Applies one policy's edits, which refer to {@link #parts()} and are sorted.
     *
     * @throws IllegalArgumentException when they do not fit the texts
     */
    void apply(List<Edit> edits) {
        for (int from = 0; from < edits.size(); ) {
            int part = edits.get(from).part();
            int to = from;
            while (to < edits.size() && edits.get(to).part() == part) {
                to++;
            }
            apply(part, edits.subList(from, to));
            from = to;
        }
    }

    /** The document with everything applied; the very same bytes when nothing was. */
    byte[] spliced() {
        if (!edited) {
            return document;
        }
        List<ByteEdit> changes = new ArrayList<>();
        for (int i = 0; i < literals.length; i++) {
            if (literals[i] != null) {
                changes.add(new ByteEdit(places.get(i).start(), places.get(i).end(), literals[i]));
            }
        }
        return Splice.apply(document, 0, document.length, changes);
    }

    private void apply(int id, List<Edit> edits) {
        if (id < 0 || id >= literals.length) {
            throw new IllegalArgumentException("edit of part " + id + " (expected: below " + literals.length + ")");
        }
        TextPart part = parts.get(id);
        String text = part.text().value();
        var changed = new StringBuilder(text.length());
        List<TextEdit> changes = new ArrayList<>(edits.size());
        int at = 0;
        for (Edit edit : edits) {
            if (edit.start() < at || edit.end() < edit.start() || edit.end() > text.length()) {
                throw new IllegalArgumentException("edit out of order or outside of its text");
            }
            changed.append(text, at, edit.start()).append(edit.replacement().value());
            changes.add(
                    new TextEdit(edit.start(), edit.end(), edit.replacement().value()));
            at = edit.end();
        }
        changed.append(text, at, text.length());
        literals[id] = literal(id, changes);
        parts.set(
                id,
                new TextPart(
                        part.id(), part.message(), part.channel(), part.place(), new UserText(changed.toString())));
        edited = true;
    }

    private byte[] literal(int id, List<TextEdit> changes) {
        byte[] before = literals[id];
        return before == null
                ? JsonText.edit(document, places.get(id).start(), places.get(id).end(), changes)
                : JsonText.edit(before, 0, before.length, changes);
    }
}
