package com.keeptrusts.gateway.node.config;

import com.keeptrusts.gateway.config.Section;
import com.keeptrusts.gateway.contract.UserText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Section {@code testing}: cases that {@code kt policy test} runs against the chain. */
public record TestSuites(double defaultThreshold, List<Suite> suites) {

    public static final TestSuites NONE = new TestSuites(0.5, List.of());

    private static final List<String> VERDICTS = List.of("allow", "redact", "block", "escalate");
    private static final List<String> ROLES = List.of("system", "developer", "user", "assistant", "tool", "function");

    /** Cases about one thing; {@code target} names the one policy kind to ask, or is absent for the whole chain. */
    public record Suite(
            String name, String description, @Nullable String target, List<Case> cases) {}

    /** Messages, and the verdict that they must get. */
    public record Case(String name, List<Message> messages, String expected) {}

    /** One message of a case. */
    public record Message(String role, UserText content) {}

    public static TestSuites from(Section section) {
        double threshold = section.number("default_threshold", 0.5, 0, 1);
        return new TestSuites(threshold, section.sections("suites", TestSuites::suite));
    }

    private static Suite suite(Section section) {
        section.texts("assertions", List.of());
        return new Suite(
                section.requiredText("name"),
                section.text("description", ""),
                section.optionalText("target"),
                section.sections("cases", TestSuites::testCase));
    }

    public static Case testCase(Section section) {
        String name = section.requiredText("name");
        List<Message> messages = section.section("input", List.of(), TestSuites::input);
        if (messages.isEmpty()) {
            section.refuse("input", "no messages (expected: messages: [{role, content}, ...])");
        }
        String expected = section.section("expected", "allow", verdict -> verdict.choice("verdict", "allow", VERDICTS));
        return new Case(name, messages, expected);
    }

    private static List<Message> input(Section section) {
        section.textMap("headers");
        return section.sections(
                "messages",
                message -> new Message(
                        message.choice("role", "user", ROLES), new UserText(message.requiredText("content"))));
    }
}
