package com.keeptrusts.gateway.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes ranges of bytes and leaves every other byte as it is. */
public final class Splice {

    private static final Comparator<ByteEdit> IN_ORDER =
            Comparator.comparingInt(ByteEdit::start).thenComparingInt(ByteEdit::end);

    private Splice() {}

    /** The bytes from {@code start} to {@code end} with the edits made; edits may come in any order but not overlap. */
    public static byte[] apply(byte[] original, int start, int end, List<ByteEdit> edits) {
        Objects.checkFromToIndex(start, end, original.length);
        List<ByteEdit> ordered = edits.stream().sorted(IN_ORDER).toList();
        var result = new byte[length(start, end, ordered)];
        int copied = start;
        int written = 0;
        for (ByteEdit edit : ordered) {
            int kept = edit.start() - copied;
            System.arraycopy(original, copied, result, written, kept);
            System.arraycopy(edit.replacement(), 0, result, written + kept, edit.replacement().length);
            written += kept + edit.replacement().length;
            copied = edit.end();
        }
        System.arraycopy(original, copied, result, written, end - copied);
        return result;
    }

    private static int length(int start, int end, List<ByteEdit> ordered) {
        int length = end - start;
        int free = start;
        for (ByteEdit edit : ordered) {
            if (edit.start() < free || edit.end() > end) {
                throw new IllegalArgumentException(edit + " (expected: within " + free + " to " + end + ")");
            }
            length = Math.addExact(length, edit.replacement().length - (edit.end() - edit.start()));
            free = edit.end();
        }
        return length;
    }

    /** Removes one member and exactly one comma; for several changes to one object use {@link #changeMembers}. */
    public static ByteEdit removeMember(JsonNode object, JsonMember member) {
        return changeMembers(object, List.of(member), Map.of()).getFirst();
    }

    /** Adds a member at the end of an object that has no member of that name. */
    public static ByteEdit insertMember(JsonNode object, String name, byte[] rawJsonValue) {
        return changeMembers(object, List.of(), Map.of(name, rawJsonValue)).getFirst();
    }

    /**
     * Removes and adds several members of one object, so that its commas come out right; the edits touch no byte of
     * the members that stay. Added members come last, in the order of the map, with their values as raw JSON.
     */
    public static List<ByteEdit> changeMembers(
            JsonNode object, Collection<JsonMember> removed, Map<String, byte[]> added) {
        Set<Integer> gone = new HashSet<>();
        removed.forEach(member -> gone.add(member.nameStart()));
        var edits = new ArrayList<ByteEdit>();
        var pending = new ArrayList<JsonMember>();
        JsonMember kept = null;
        for (JsonMember member : object.members()) {
            if (gone.contains(member.nameStart())) {
                pending.add(member);
                continue;
            }
            for (JsonMember before : pending) {
                int comma = next(object, ',', before.value().end());
                edits.add(new ByteEdit(before.nameStart(), comma + 1, new byte[0]));
            }
            pending.clear();
            kept = member;
        }
        edits.addAll(atTheEnd(object, kept, pending, added));
        return edits;
    }

    /** What happens after the last member that stays: the members that go there, then those that come. */
    private static List<ByteEdit> atTheEnd(
            JsonNode object, @Nullable JsonMember kept, List<JsonMember> removed, Map<String, byte[]> added) {
        var raw = new Utf8Output(64);
        added.forEach((name, value) -> {
            raw.appendAscii(kept == null && raw.isEmpty() ? "\"" : ",\"");
            raw.appendEscaped(name).appendAscii("\":").append(value, 0, value.length);
        });
        if (removed.isEmpty()) {
            int at = kept == null ? object.start() + 1 : kept.value().end();
            return raw.isEmpty() ? List.of() : List.of(new ByteEdit(at, at, raw.toByteArray()));
        }
        int start = kept == null
                ? removed.getFirst().nameStart()
                : next(object, ',', kept.value().end());
        return List.of(new ByteEdit(start, removed.getLast().value().end(), raw.toByteArray()));
    }

    private static int next(JsonNode object, char wanted, int from) {
        byte[] bytes = object.document().bytes();
        int at = from;
        while (bytes[at] != wanted) { // only white space stands between a value and its comma
            at++;
        }
        return at;
    }
}
