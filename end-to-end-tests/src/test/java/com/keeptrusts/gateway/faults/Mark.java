package com.keeptrusts.gateway.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells one request of a load from every other, in its prompt: a word for each digit, as policies look at rows of
 * digits and at words that are none.
 */
record Mark(int number) {

    private static final List<String> WORDS =
            List.of("apple", "bread", "chair", "door", "eagle", "forest", "garden", "house", "island", "jacket");

    private static final Pattern IN_TEXT = Pattern.compile("Please compare the ([a-z ]+) of our village");

    String text() {
        var words = new ArrayList<String>();
        for (char digit : Integer.toString(number).toCharArray()) {
            words.add(WORDS.get(digit - '0'));
        }
        return String.join(" and the ", words);
    }

    /** The request's body. */
    String body(boolean stream) {
        return "{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"user\",\"content\":\"Please compare the " + text()
                + " of our village.\"}],\"stream\":" + stream + "}";
    }

    static Optional<Mark> in(String body) {
        Matcher found = IN_TEXT.matcher(body);
        if (!found.find()) {
            return Optional.empty();
        }
        int number = 0;
        for (String word : found.group(1).split(" and the ", -1)) {
            number = 10 * number + WORDS.indexOf(word);
        }
        return Optional.of(new Mark(number));
    }
}
