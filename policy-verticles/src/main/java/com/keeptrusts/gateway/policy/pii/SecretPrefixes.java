package com.keeptrusts.gateway.policy.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prefixes by which vendors let their secrets be found, read from {@code secrets.txt}. */
final class SecretPrefixes {

    /** One vendor's form: what follows the prefix, and how much of it. */
    record Form(int prefix, char characters, int fewest, int most) {

        boolean takes(char c) {
            if (Chars.digit(c)) {
                return true;
            }
            return switch (characters) {
                case 'h' -> Chars.hex(c);
                case 'u' -> Chars.upper(c);
                case 'a' -> Chars.latin(c);
                case 'd' -> Chars.latin(c) || c == '_' || c == '-' || c == '.';
                case 'b' -> Chars.latin(c) || "+/=_-.~".indexOf(c) >= 0;
                case 's' -> Chars.latin(c) || c == '/' || c == '_' || c == '-';
                default -> Chars.latin(c) || c == '_' || c == '-';
            };
        }
    }

    static final SecretPrefixes KNOWN = new SecretPrefixes();

    private final Trie trie = new Trie();
    private final List<Form> forms = new ArrayList<>();

    private SecretPrefixes() {
        forms.add(new Form(0, 'a', 0, 0));
        for (String line : lines()) {
            String[] columns = line.split(" ", -1);
            if (columns.length == 4 && !line.startsWith("#")) {
                add(columns);
            }
        }
    }

    private void add(String[] columns) {
        String prefix = columns[0];
        if (known(prefix)) {
            throw new IllegalStateException("secrets.txt: " + prefix + " twice (expected: one line for each prefix)");
        }
        trie.add(prefix, forms.size());
        int fewest = Integer.parseInt(columns[2]);
        forms.add(new Form(prefix.length(), columns[1].charAt(0), fewest, Integer.parseInt(columns[3])));
    }

    private boolean known(String prefix) {
        int node = Trie.ROOT;
        for (int i = 0; i < prefix.length() && node != Trie.NOWHERE; i++) {
            node = trie.step(node, prefix.charAt(i));
        }
        return node != Trie.NOWHERE && form(node) != null;
    }

    private static List<String> lines() {
        try (InputStream in = SecretPrefixes.class.getResourceAsStream("secrets.txt")) {
            if (in == null) {
                throw new IllegalStateException(
                        "secrets.txt: missing (expected: beside " + SecretPrefixes.class.getName() + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first node of the walk, and each further one; {@link Trie#NOWHERE} when no prefix goes that way. */
    int step(int node, char c) {
        return trie.step(node, c);
    }

    /** The form whose prefix ends at a node, or null. */
    @Nullable
    Form form(int node) {
        int number = trie.meaning(node);
        return number == 0 ? null : forms.get(number);
    }
}
