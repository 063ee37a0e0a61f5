package com.keeptrusts.gateway.policy.injection;

import java.util.Set;

/** The names that turns and delimiters of a conversation go by. */
final class FakeRoles {

    private static final Set<String> PRIVILEGED = Set.of(
            "system",
            "system prompt",
            "system message",
            "system instruction",
            "system instructions",
            "developer",
            "developer message",
            "admin",
            "administrator",
            "sys",
            "system note",
            "system notice",
            "system command",
            "system update",
            "system alert",
            "root",
            "new system prompt",
            "new instructions",
            "new instruction",
            "important instructions",
            "important instruction",
            "system override",
            "override",
            "hidden instructions",
            "priority instructions",
            "jailbreak",
            "developer instructions",
            "system directive",
            "begin system",
            "assistant instructions",
            "ai instructions",
            "system configuration",
            "instructions for ai");

    private static final Set<String> ENDS = Set.of(
            "end of user input",
            "end user input",
            "end of input",
            "end of prompt",
            "end system prompt",
            "end of system prompt",
            "end of instructions",
            "end instructions",
            "end of document",
            "end document",
            "end of context",
            "end context",
            "end of data",
            "user input ends",
            "begin system prompt",
            "start of system prompt",
            "end of conversation",
            "new conversation",
            "new session",
            "end of message");

    private static final Set<String> TURNS =
            Set.of("assistant", "ai", "human", "user", "chatgpt", "gpt", "model", "bot");

    /** What stands before "mode" or "override" when somebody claims power, and not a way of working. */
    private static final Set<String> POWERS = Set.of(
            "system",
            "god",
            "developer",
            "dev",
            "admin",
            "administrator",
            "debug",
            "root",
            "sudo",
            "maintenance",
            "jailbreak",
            "dan",
            "unrestricted",
            "security",
            "safety",
            "emergency",
            "enforcement",
            "override",
            "superuser",
            "instruction",
            "policy",
            "prompt",
            "diagnostic");

    private FakeRoles() {}

    static boolean isPrivileged(String name) {
        return PRIVILEGED.contains(name);
    }

    static boolean isRole(String name) {
        return name.equals("system")
                || name.equals("developer")
                || name.equals("admin")
                || name.equals("system override");
    }

    /** "GOD MODE", "entering security override mode", "system override". */
    static boolean isMode(String name) {
        int last = name.lastIndexOf(' ');
        if (last < 0 || !(name.endsWith(" mode") || name.endsWith(" override"))) {
            return false;
        }
        return POWERS.contains(name.substring(name.lastIndexOf(' ', last - 1) + 1, last));
    }

    static boolean isEnd(String name) {
        return ENDS.contains(name);
    }

    static boolean isTurn(String name) {
        return TURNS.contains(name);
    }
}
