package com.keeptrusts.gateway.audit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys that another program, and a later version of this one, derives alike; expected values are Python's hmac. */
class SecretTest {

    private static final Secret SECRET = Secret.owning(bytes(32));

    @Test
    void saltsKeysAndNamesAreDerivedAsDocumented() {
        var key = new WrappedKey("id", "acme", SECRET);

        assertThat(HexFormat.of().formatHex(key.salt("r-1").array()))
                .isEqualTo("ebfb9e88e4f6e5ae563306a759a5f10312379cf8d768e306d5a54e348144231f");
        assertThat(HexFormat.of().formatHex(key.blobKey("r-1").bytes()))
                .isEqualTo("d8723a5bee841cea6ebd62a260a0882a4a1044aabd8f0e877dedf16a3cb755a4");
        assertThat(HexFormat.of().formatHex(SECRET.derived("tenant key\nacme").bytes()))
                .isEqualTo("95531059c16ea3ab8d785ba271d7db537da5517a32fe1e049f1645a874291778");
        assertThat(Pseudonym.ofUser(SECRET, "alice@example.org")).isEqualTo("3d200d6963eaa2219661f994de103a6b");
    }

    @Test
    void whatWasSealedOpensAndNothingElseDoes() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] plain = new byte[random.nextInt(300)];
            random.nextBytes(plain);
            byte[] sealed = SECRET.seal(plain, "name");
            byte[] altered = sealed.clone();
            altered[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(SECRET.open(sealed, "name")).isEqualTo(plain);
            assertThatThrownBy(() -> SECRET.open(altered, "name")).isInstanceOf(ContentException.class);
            assertThatThrownBy(() -> SECRET.open(sealed, "other")).isInstanceOf(ContentException.class);
        }
        assertThatThrownBy(() -> SECRET.open(new byte[27], "name")).hasMessage("sealed bytes: cut short");
    }

    @Test
    void itIsNotPrinted() {
        String text = new WrappedKey("id", "acme", SECRET).toString();

        assertThat(text).isEqualTo("WrappedKey[id=id, tenant=acme, secret=Secret[]]");
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
