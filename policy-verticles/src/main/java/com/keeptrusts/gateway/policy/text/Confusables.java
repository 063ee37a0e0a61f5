package com.keeptrusts.gateway.policy.text;

/** Letters that look like Latin ones. Only words that mix scripts, or hide among Latin words, are read through this. */
final class Confusables {

    private static final String CYRILLIC = "аaвbсcԁdеeѐeёeһhіiїiјjкkӏlмmнhոnоoрpԛqгrѕsтtцuѵvԝwхxуyүyзз"
            + "АAВBСCЕEҒFԌGНHІIЈJКKМMОOРPԚQЅSТTѴVԜWХXУYҮYЗ3Ӏl";
    private static final String GREEK = "αaβbγyϲcδdεeϝfηnιiϳjκkλlμuνvοoρpςcσoτtυuωwχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
    private static final String ARMENIAN = "ցgհhոnսuօoզqյjՏSՍUՕO";

    /** Not a script of their own, but letters that nobody writes words in: small capitals and their like. */
    private static final String ALWAYS = "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpꞯqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgıiℓlƖlǀlⅼl";

    private static final char[] LATIN = new char[0x10000];

    static {
        add(CYRILLIC);
        add(GREEK);
        add(ARMENIAN);
    }

    private static final char[] SMALL_CAPITAL = new char[0x10000];

    static {
        for (int i = 0; i < ALWAYS.length(); i += 2) {
            SMALL_CAPITAL[ALWAYS.charAt(i)] = ALWAYS.charAt(i + 1);
        }
    }

    private Confusables() {}

    /** The Latin letter that this one looks like, or 0. */
    static char latin(char c) {
        return LATIN[c];
    }

    /** The Latin letter that this stylistic variant is, or 0. */
    static char smallCapital(char c) {
        return SMALL_CAPITAL[c];
    }

    private static void add(String pairs) {
        for (int i = 0; i + 1 < pairs.length(); i += 2) {
            LATIN[pairs.charAt(i)] = pairs.charAt(i + 1);
        }
    }
}
