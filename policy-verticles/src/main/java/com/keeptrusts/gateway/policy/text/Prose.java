package com.keeptrusts.gateway.policy.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells decoded text from decoded noise. */
final class Prose {

    /** Noise of this length is never ASCII throughout. */
    private static final int LONG_ENOUGH = 16;

    private Prose() {}

    /** The bytes as text, when it is valid UTF-8 that a person could have written. */
    static @Nullable String text(byte[] bytes, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, wholeCharacters(bytes, length)))
                    .toString();
            return isProse(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Prose has letters and spaces; what is ASCII throughout is no noise either, and may be disguised once more. */
    static boolean isProse(String text) {
        int letters = 0;
        int odd = 0;
        int spaces = 0;
        boolean ascii = text.length() >= LONG_ENOUGH;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters += Character.isLetter(c) ? 1 : 0;
            spaces += Character.isWhitespace(c) ? 1 : 0;
            odd += (c < 0x20 && !Character.isWhitespace(c)) || c == '\uFFFD' ? 1 : 0;
            ascii &= c < 0x7F;
        }
        boolean mostlyLetters = text.length() >= 6 && odd * 20 <= text.length() && letters * 2 >= text.length();
        boolean unspacedScript = !text.isEmpty() && text.charAt(0) > 0x2E80;
        return mostlyLetters
                && (spaces * 25 >= text.length() || text.length() < 12 || unspacedScript || (ascii && odd == 0));
    }

    /** A bounded decoding may have cut the last character in two. */
    private static int wholeCharacters(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && length - end < 3 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return end > 0
                        && length - end < 4
                        && (bytes[end - 1] & 0xC0) == 0xC0
                        && end + following(bytes[end - 1]) > length
                ? end - 1
                : length;
    }

    private static int following(byte lead) {
        return (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : 3;
    }
}
