package com.keeptrusts.gateway.ingress;

import static com.keeptrusts.gateway.ingress.OpenConnections.Entrance.CLIENT_FULL;
import static com.keeptrusts.gateway.ingress.OpenConnections.Entrance.NODE_FULL;
import static com.keeptrusts.gateway.ingress.OpenConnections.Entrance.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private static final int MOST = 8;

    private final OpenConnections open = new OpenConnections();

    @Test
    void oneClientAloneGetsHalf() {
        enter("a", 4);

        assertThat(open.enter("a", MOST)).isEqualTo(CLIENT_FULL);
        assertThat(open.enter("b", MOST)).isEqualTo(OPEN);
    }

    @Test
    void theOthersStillGetInUntilThereIsNoPlaceLeft() {
        enter("a", 4);
        enter("b", 2);
        enter("c", 1);
        enter("d", 1);

        assertThat(open.enter("e", MOST)).isEqualTo(NODE_FULL);
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() {
        enter("a", 4);

        open.leave("a");

        assertThat(open.size()).isEqualTo(3);
        assertThat(open.enter("a", MOST)).isEqualTo(OPEN);
    }

    @Test
    void anIpv6ClientIsItsNetwork() throws Exception {
        assertThat(client("2001:db8::1")).isEqualTo(client("2001:db8::2:1")).isNotEqualTo(client("2001:db8:0:1::1"));
        assertThat(client("::ffff:192.0.2.1")).isEqualTo(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    }

    @Test
    void halfOfTheDescriptorsAreLeftForWhatAnswersNeed() {
        assertThat(IngressLimits.connections(1_024)).isEqualTo(512);
        assertThat(IngressLimits.connections(Long.MAX_VALUE)).isEqualTo(10_000);
        assertThat(IngressLimits.connections(-1)).isPositive();
    }

    private void enter(String client, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(open.enter(client, MOST)).isEqualTo(OPEN);
        }
    }

    private static String client(String address) throws Exception {
        return OpenConnections.client(InetAddress.getByName(address));
    }
}
