package com.keeptrusts.gateway.faults;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells one request of a load from every other, in its prompt: letters only, as a policy may take a row of digits
 * for somebody's number.
 */
record Mark(int number) {

    private static final Pattern IN_TEXT = Pattern.compile("mark([a-j]+)z");

    String text() {
        var letters = new StringBuilder("mark");
        for (char digit : Integer.toString(number).toCharArray()) {
            letters.append((char) ('a' + digit - '0'));
        }
        return letters.append('z').toString();
    }

    /** The request's body. */
    String body(boolean stream) {
        return "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"Say something about "
                + text() + "\"}],\"stream\":" + stream + "}";
    }

    static Optional<Mark> in(String body) {
        Matcher found = IN_TEXT.matcher(body);
        if (!found.find()) {
            return Optional.empty();
        }
        int number = 0;
        for (char letter : found.group(1).toCharArray()) {
            number = 10 * number + letter - 'a';
        }
        return Optional.of(new Mark(number));
    }
}
