package com.keeptrusts.gateway.policy.text;

import java.util.Arrays;

/** The words that nearly every sentence has some of: how many of them a text has tells whether it is plain language. */
final class CommonWords {

    private static final String WORDS = """
            the of and to in is you that it for on are with as at be this have from or by not but what all were we when
            your can said there use an each which she do how their if will up other about out many then them these so some
            her would make like him into time has look two more write go see no way could people my than first been call
            who its now find long down day did get come made may part any just print ignore instructions system prompt
            previous show me tell please give say repeat rules everything word text answer message output reply only
            el la los las de que y en un una por con para como pero sus al lo se del es su mas este ya
            le les des et est une du pour dans qui au sur pas ne ce il sont plus vous nous
            der die das und ist von zu mit den nicht ein eine auf sich des im dem als auch wir ihr sie
            di che il per una sono con non si piu gli della nel
            os as um uma nao dos das ao na no seu sua
            """;

    private static final int SIZE = 4_096;
    private static final int[] HASHES = new int[SIZE];

    static {
        Arrays.stream(WORDS.split("\\s+", -1)).filter(word -> word.length() > 1).forEach(CommonWords::add);
    }

    private CommonWords() {}

    static int hash(int soFar, char lowerCase) {
        return soFar * 31 + lowerCase;
    }

    static boolean has(int hash) {
        int slot = hash & (SIZE - 1);
        while (HASHES[slot] != 0) {
            if (HASHES[slot] == hash) {
                return true;
            }
            slot = (slot + 1) & (SIZE - 1);
        }
        return false;
    }

    private static void add(String word) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = hash(hash, word.charAt(i));
        }
        if (!has(hash)) {
            int slot = hash & (SIZE - 1);
            while (HASHES[slot] != 0) {
                slot = (slot + 1) & (SIZE - 1);
            }
            HASHES[slot] = hash;
        }
    }
}
