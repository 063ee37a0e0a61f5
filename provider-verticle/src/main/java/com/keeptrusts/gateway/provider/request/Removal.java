package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members to be taken out of a document, each with exactly one comma, however many neighbours go with it. */
final class Removal {

    private static final byte[] NOTHING = {};

    private final Map<Integer, JsonNode> objects = new HashMap<>();
    private final Set<Integer> names = new HashSet<>();

    void add(JsonNode object, JsonMember member) {
        objects.put(object.start(), object);
        names.add(member.nameStart());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** In order of their place; what lies inside a larger edit is not an edit of its own. */
    List<ByteEdit> edits() {
        List<ByteEdit> edits = new ArrayList<>();
        objects.values().forEach(object -> addEdits(object, edits));
        edits.sort(Comparator.comparingInt(ByteEdit::start));
        List<ByteEdit> outermost = new ArrayList<>();
        int end = 0;
        for (ByteEdit edit : edits) {
            if (edit.start() >= end) {
                outermost.add(edit);
                end = edit.end();
            }
        }
        return outermost;
    }

    private void addEdits(JsonNode object, List<ByteEdit> edits) {
        List<JsonMember> members = new ArrayList<>();
        object.members().forEach(members::add);
        int i = 0;
        while (i < members.size()) {
            int j = i;
            while (j < members.size() && names.contains(members.get(j).nameStart())) {
                j++;
            }
            if (j > i) {
                edits.add(edit(members, i, j));
            }
            i = j + 1;
        }
    }

    /** Removes the members from {@code from} to before {@code to}. */
    private static ByteEdit edit(List<JsonMember> members, int from, int to) {
        if (to < members.size()) {
            return new ByteEdit(members.get(from).nameStart(), members.get(to).nameStart(), NOTHING);
        }
        int end = members.get(to - 1).value().end();
        int start = from == 0
                ? members.get(0).nameStart()
                : members.get(from - 1).value().end();
        return new ByteEdit(start, end, NOTHING);
    }
}
