package com.keeptrusts.gateway.provider.request;

import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonMember;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.Splice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Members to be taken out of a document, each with exactly one comma, however many neighbours go with it. */
final class Removal {

    private record Removed(JsonNode object, List<JsonMember> members) {}

    private final Map<Integer, Removed> byObject = new HashMap<>();

    void add(JsonNode object, JsonMember member) {
        List<JsonMember> members = byObject.computeIfAbsent(object.start(), _ -> new Removed(object, new ArrayList<>()))
                .members();
        if (members.stream().noneMatch(known -> known.nameStart() == member.nameStart())) {
            members.add(member);
        }
    }

    boolean isEmpty() {
        return byObject.isEmpty();
    }

    /** In order of their place; what lies inside a larger edit is no edit of its own. */
    List<ByteEdit> edits() {
        List<ByteEdit> edits = new ArrayList<>();
        byObject.values().forEach(gone -> edits.addAll(Splice.changeMembers(gone.object(), gone.members(), Map.of())));
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
}
