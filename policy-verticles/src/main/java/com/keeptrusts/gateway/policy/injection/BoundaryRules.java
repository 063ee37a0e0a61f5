package com.keeptrusts.gateway.policy.injection;

import static com.keeptrusts.gateway.policy.injection.Category.FAKE_BOUNDARY;

import com.keeptrusts.gateway.policy.injection.InjectionSettings.Boundaries;
import java.util.List;
import java.util.Locale;

/** Text that pretends to be a turn or a delimiter of the conversation: template tokens, role headers, closing tags. */
final class BoundaryRules {

    private static final int NAME_LENGTH = 40;
    private static final double TOKEN = 5.5;
    private static final double HEADER = 4.6;
    private static final double TAG = 3;
    private static final double MODE = 4.6;
    private static final double TURN = 0.8;

    /** Delimiters that only a chat template writes. */
    private static final List<String> TOKENS = List.of(
            "<|im_start|>",
            "<|im_end|>",
            "<|system|>",
            "<|user|>",
            "<|assistant|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            "<|begin_of_text|>",
            "<|end|>",
            "<|end_of_text|>",
            "<|channel|>",
            "<|message|>",
            "<|start|>",
            "<|end_of_turn|>",
            "<start_of_turn>",
            "<end_of_turn>",
            "[inst]",
            "[/inst]",
            "<<sys>>",
            "<</sys>>",
            "<|im_sep|>",
            "<|tool_call|>",
            "<|python_tag|>",
            "<|return|>",
            "<|call|>",
            "[system_prompt]",
            "[/system_prompt]",
            "<|developer|>",
            "<｜user｜>",
            "<｜assistant｜>");

    private final Boundaries settings;

    BoundaryRules(Boundaries settings) {
        this.settings = settings;
    }

    void apply(String text, Evidence evidence) {
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '[' || c == '{' || c == '(') {
                bracket(text, i, evidence);
            }
            if (lineStart && c > ' ') {
                header(text, i, evidence);
            }
            lineStart = c == '\n' || (lineStart && (c <= ' ' || c == '>' || c == '"'));
        }
    }

    private void bracket(String text, int at, Evidence evidence) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        boolean letter = Character.isLetter(next);
        if (!letter && next != '|' && next != '/' && next != '<' && next != '｜') {
            return;
        }
        if (settings.enforceDelimiters()) {
            for (String token : TOKENS) {
                if (text.regionMatches(true, at, token, 0, token.length())) {
                    evidence.add(FAKE_BOUNDARY, quoted(text, at, token.length()) ? 2 : TOKEN);
                    return;
                }
            }
        }
        if (settings.rejectFakeBoundaries() && (letter || next == '/')) {
            String name = text.substring(at, Math.min(text.length(), at + NAME_LENGTH));
            tag(name.toLowerCase(Locale.ROOT), evidence);
        }
    }

    /** {@code <system>}, {@code [SYSTEM OVERRIDE]}, {@code </user>}, {@code <GOD MODE>}. */
    private static void tag(String name, Evidence evidence) {
        int from = name.length() > 1 && name.charAt(1) == '/' ? 2 : 1;
        int end = from;
        while (end < name.length() && ">])}:\n".indexOf(name.charAt(end)) < 0) {
            end++;
        }
        if (end == name.length()) {
            return;
        }
        String inner =
                name.substring(from, end).replace('_', ' ').replace('-', ' ').strip();
        if (FakeRoles.isMode(inner)) {
            evidence.add(FAKE_BOUNDARY, name.charAt(0) == '(' ? 1 : MODE);
        } else if (FakeRoles.isPrivileged(inner)) {
            evidence.add(FAKE_BOUNDARY, name.charAt(0) == '(' || name.charAt(0) == '{' ? 1 : TAG);
        } else if (FakeRoles.isEnd(inner)) {
            evidence.add(FAKE_BOUNDARY, TAG);
        }
    }

    /** {@code ### System:}, {@code SYSTEM: }, {@code --- END OF USER INPUT ---}, {@code Assistant: } at a line's start. */
    private void header(String text, int at, Evidence evidence) {
        if (!settings.rejectFakeBoundaries()) {
            return;
        }
        int from = at;
        while (from < text.length() && "#*=-_~ ".indexOf(text.charAt(from)) >= 0 && from < at + 12) {
            from++;
        }
        int end = from;
        while (end < text.length() && end < from + NAME_LENGTH && ":\n#*=-_".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean colon = end < text.length() && text.charAt(end) == ':';
        boolean marked = from - at >= 2;
        if ((!colon && !marked) || end == from) {
            return;
        }
        String name = text.substring(from, end).strip().toLowerCase(Locale.ROOT);
        if (FakeRoles.isPrivileged(name)) {
            boolean role = FakeRoles.isRole(name) && from - at >= 3;
            evidence.add(FAKE_BOUNDARY, role && colon ? HEADER : marked ? 2 : follows(text, end));
        } else if (marked && FakeRoles.isEnd(name)) {
            evidence.add(FAKE_BOUNDARY, TAG);
        } else if (colon && FakeRoles.isTurn(name) && at > 0) {
            evidence.add(FAKE_BOUNDARY, TURN);
        }
    }

    /** "System: you are ..." is a turn; "System: Debian 12" is not. */
    private static double follows(String text, int colon) {
        String rest = text.substring(colon + 1, Math.min(text.length(), colon + 24))
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean turn = rest.startsWith("you")
                || rest.startsWith("ignore")
                || rest.startsWith("new ")
                || rest.startsWith("the user")
                || rest.startsWith("from now")
                || rest.startsWith("override");
        return turn ? 3.2 : 1;
    }

    private static boolean quoted(String text, int at, int length) {
        char before = at > 0 ? text.charAt(at - 1) : ' ';
        char after = at + length < text.length() ? text.charAt(at + length) : ' ';
        return (before == '`' || before == '"' || before == '\'') && (after == before || before == '`');
    }
}
