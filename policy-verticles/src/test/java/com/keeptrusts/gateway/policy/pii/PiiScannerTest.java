package com.keeptrusts.gateway.policy.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiScannerTest {

    private static final PiiScanner SCANNER = new PiiScanner(
            Section.read("policy.pii-detector", new JsonObject().put("healthcare_mode", true), PiiSettings::from));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMAIL           | My e-mail is ⟦leonard.boehm.weber+news@example.org⟧ and more
            EMAIL           | {"email":"⟦o'reilly@sub2.example.co.uk⟧","n":1}
            EMAIL           | **⟦ann@müller.example⟧**, please
            EMAIL           | 我的邮箱是⟦ann@example.org⟧。
            PHONE           | you can reach me on ⟦+1 664-491-1927⟧.
            PHONE           | Mon numéro est le ⟦+382 30 233 309⟧.
            PHONE           | call ⟦(415) 555-2671⟧ now
            PHONE           | Tel. ⟦030 901820⟧
            PHONE           | <tel>⟦+44 (0)20 7946 0958⟧</tel>
            SSN             | SSN on file: ⟦512 73 4057⟧
            SSN             | ssn=⟦512734057⟧
            ITIN            | ITIN ⟦911-88-2288⟧ was used
            CREDIT_CARD     | Please charge ⟦4751-6665-6191-4483⟧ for it
            CREDIT_CARD     | values (12,'⟦3671 283583 1916⟧')
            CREDIT_CARD     | card ⟦6304135687104673⟧
            IBAN            | deposit to ⟦NL31 RZRX 0853 4183 54⟧, reference 2026-118.
            IBAN            | ⟦gb29nwbk60161331926819⟧
            IBAN            | pay ⟦BR67 6683 5820 4915 9213 5458 340W G⟧ today
            IP_ADDRESS      | failed user=x ip=⟦92.54.59.56⟧
            IP_ADDRESS      | from [⟦2400:c401::5054:ff:fe1b:b031⟧]:8080
            IP_ADDRESS      | subnet ⟦10.20.0.0/16⟧.
            MAC_ADDRESS     | (⟦25-88-79-4D-34-9C⟧)
            URL_CREDENTIALS | clone ⟦amqp://admin:oCX_C4NQVnCdpVx@mq.example.org/app⟧
            SECRET          | password: ⟦l7o%a8q6YIvQgTty3⟧
            SECRET          | Authorization: Bearer ⟦a8Fk39dLq0Xz72mNbV51⟧
            CARDHOLDER_NAME | cardholder name: ⟦JANE Q. PUBLIC⟧ 12/29
            CVV             | CVV: ⟦123⟧
            BANK_ROUTING    | routing ⟦103644871⟧
            BANK_ACCOUNT    | account ⟦929084754010⟧
            """)
    void finds(PiiType type, String marked) {
        int start = marked.indexOf('⟦');
        int end = marked.indexOf('⟧') - 1;
        String text = marked.replace("⟦", "").replace("⟧", "");

        assertThat(SCANNER.scan(text))
                .singleElement()
                .satisfies(span -> assertThat(span.type()).isEqualTo(type))
                .satisfies(span ->
                        assertThat(text.substring(span.start(), span.end())).isEqualTo(text.substring(start, end)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ts=1588184339522",
                "start_time_unix_nano=1525706952282461571",
                "trace=c0027262-8b28-4f5e-b69c-b20a69a69707",
                "commit 3b1612d, md5 61572b4e3c02eaa7f3b4a715e4e48dd7",
                "release v2.3.40.80 is out, version 8.1.10.80 of the driver",
                "jdk-30.19.10+5 build 20.27",
                "order no. 2026-53645044 has shipped",
                "parcel 74317974197221762029 left the hub",
                "ISBN 9787880296822",
                "message id 167306609273105330",
                "reference 4827854437946483",
                "code DE99703570869260255380",
                "POINT(62.40177 -73.47646)",
                "revenue was 474,033,352 EUR in 2017",
                "lap 24:05:56, split 53:34:53",
                "std::vector<a::b> x = Foo::bar();",
                "bind 0.0.0.0:28162, http://127.0.0.1:8080/, 192.0.2.7",
                "logo@2x.png strict-uri-encode@npm:2.0.0 tool@1.2.3-beta.rc",
                "password: ********",
                "password: process.env.DB_PASSWORD",
                "api_key = \"YOUR_API_KEY_GOES_HERE_123\"",
                "pages 219-1434, lines 145-648, years 336-1677",
                "2022-11-24T09:37:37.451Z sync took 1728 ms",
                "user 123-45-0000 and 666-12-3456",
                "37846 17506 27925 44397 89378 8644 54159 8754"
            })
    void ordinaryNumbersStay(String text) {
        assertThat(SCANNER.scan(text)).isEmpty();
    }

    @Test
    void aPrivateKeyIsTakenFromItsFirstDashToItsLast() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\n"
                + "aQkwvynE6tn3vlJMvTYzfaPyNcolm/EwBZXKxG4V2NUr5Uz03qbjXZgcirJLu+xT\n".repeat(20)
                + "-----END RSA PRIVATE KEY-----";

        List<PiiSpan> spans = SCANNER.scan("key:\n" + key + "\nand so on");

        assertThat(spans.getFirst().start()).isEqualTo(5);
        assertThat(spans.getLast().end()).isEqualTo(5 + key.length());
        assertThat(spans.stream().mapToInt(PiiSpan::length).sum()).isEqualTo(key.length());
    }

    @Test
    void aKeyWithNothingInItIsNoKey() {
        assertThat(SCANNER.scan("-----BEGIN PRIVATE KEY-----\nanything\n-----END PRIVATE KEY-----"))
                .isEmpty();
    }
}
