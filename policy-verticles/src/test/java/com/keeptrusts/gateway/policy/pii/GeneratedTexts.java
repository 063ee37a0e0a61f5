package com.keeptrusts.gateway.policy.pii;

import java.util.List;
import java.util.Random;

/** Texts in which everything the detector knows, and much that looks like it, stands next to everything else. */
public final class GeneratedTexts {

    private static final List<String> PARTS = List.of(
            "My e-mail is",
            "ann.lee+news@example.org",
            "o'reilly@mail.example",
            "bob@",
            "@example.org",
            "a@b.c",
            "+1 664-491-1927",
            "+44 (0)20 7946 0958",
            "(415) 555-2671",
            "call me",
            "tel. 030 901820",
            "00 49 30 901820",
            "512-73-4057",
            "512 73 4057",
            "SSN 512734057",
            "911-88-2288",
            "4012 8888 8888 1881",
            "4012888888881881",
            "3671 283583 1916",
            "card",
            "CVV 123",
            "cardholder: Jane Q. Public",
            "DE89 3704 0044 0532 0130 00",
            "NL31 RZRX 0853 4183 54",
            "BR67 6683 5820 4915 9213 5458 340W G",
            "GB29NWBK60161331926819",
            "ip=92.54.59.56",
            "2400:c401::5054:ff:fe1b:b031",
            "fe80::1%eth0",
            "10.0.0.0/8",
            "v2.3.40.80",
            "version 8.1.10.80",
            "25-88-79-4D-34-9C",
            "00:1A:2B:3C:4D:5E",
            "amqp://admin:oCX_C4NQVnCdpVx@mq.example.org/app",
            "https://example.org/a?b=c",
            "password: l7o%a8q6YIvQgTty3",
            "\"password\":\"hunter2!\"",
            "the password is s3cret.",
            "Bearer a8Fk39dLq0Xz72mNbV51",
            "api_key = \"4f9Kd8sLq0Xz72mNbV51aa\"",
            "token",
            "-----BEGIN",
            "-----BEGIN PRIVATE KEY-----\n",
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n",
            "-----END PRIVATE KEY-----",
            "routing 103644871 account 929084754010",
            "April 19, 1977",
            "born 20 May 1956",
            "1990-05-20",
            "20. Mai 1956",
            "nacido el 5 de mayo de 1956",
            "CE 57 24 79 A",
            "passport no. M8430820",
            "NHS number 657 536 4039",
            "3GN1-H31-PU95",
            "412.039.830-77",
            "身份证号440304196710079368。",
            "주민등록번호: 891023-1904171",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIzMTY4In0.8SIAT_xQ3V1RGdjZp0jX",
            "1Fjm3FGhVmpSFi9nvvQvxcsoEr194pEPv2",
            "0x413d6791d47f713f0a71572da5a1d07e3c429fba",
            "ghp_NsVXkVfeoUPbr2YFqdP1Cl5QTyoR6CwFzCTh",
            "the quick brown fox",
            "of",
            "is",
            "I",
            "in 2014",
            "1 2 3 4 5 6",
            "123",
            "12/29",
            "-",
            "--",
            "+",
            "(",
            ")",
            ",",
            ";",
            ".",
            ":",
            "\n",
            "\t",
            "  ",
            "\\n",
            "\\u0041",
            "\\",
            "\"",
            "'",
            "{",
            "}",
            "=",
            "==",
            "😀",
            "é",
            "数字",
            "Привет",
            "U.S.",
            "e.g. this",
            "EMP-1234",
            "lines 145-648",
            "2026-04-01 12:00:01",
            "c0027262-8b28-4f5e-b69c-b20a69a69707");
    private static final String SOUP = "0123456789 -.:/@+()aAbBxX='\"\n,";

    private final Random random;

    public GeneratedTexts(long seed) {
        random = new Random(seed);
    }

    public String next() {
        var text = new StringBuilder();
        int parts = 1 + random.nextInt(8);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(12)) {
                case 0 -> soup(text, 1 + random.nextInt(30));
                case 1 -> run(text);
                default -> text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private void soup(StringBuilder text, int length) {
        for (int i = 0; i < length; i++) {
            text.append(SOUP.charAt(random.nextInt(SOUP.length())));
        }
    }

    /** Something long without a break, or of many short words. */
    private void run(StringBuilder text) {
        String unit = List.of("aB3_", "12 ", "1.", "a@b.co", "+1 ", "ab:", "4012 8888 8888 1881 ", "x-1-")
                .get(random.nextInt(8));
        text.append(unit.repeat(1 + random.nextInt(random.nextInt(8) == 0 ? 300 : 30)));
    }
}
