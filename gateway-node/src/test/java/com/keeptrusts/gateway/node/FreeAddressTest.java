package com.keeptrusts.gateway.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FreeAddressTest {

    @Test
    void aFreeAddressIsFree() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        await(port, FreeAddress.PATIENCE);
    }

    @Test
    void whereAnotherProgramListensIsSaidAtOnce() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> await(other.getLocalPort(), FreeAddress.PATIENCE))
                    .hasMessage("--listen 127.0.0.1:" + other.getLocalPort()
                            + ": another program listens there (expected: a free address)");
        }
    }

    @Test
    void aPortThatAConnectionHoldsIsWaitedFor() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket outgoing = new Socket(other.getInetAddress(), other.getLocalPort());
            int held = outgoing.getLocalPort();
            assertThatThrownBy(() -> await(held, Duration.ofMillis(100)))
                    .hasMessageStartingWith("--listen 127.0.0.1:" + held + ": an outgoing connection")
                    .hasMessageContaining("net.ipv4.ip_local_reserved_ports");

            var waiting = FreeAddress.await("--listen", new HostPort("127.0.0.1", held), FreeAddress.PATIENCE);
            assertThat(waiting.isComplete()).isFalse();
            outgoing.setSoLinger(true, 0); // a reset: nothing of it stays behind
            outgoing.close();
            waiting.await(10, SECONDS);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNone() {
        assertThatThrownBy(() -> FreeAddress.await(
                                "--admin-listen", new HostPort("192.0.2.1", 41003), FreeAddress.PATIENCE)
                        .await(10, SECONDS))
                .hasMessageStartingWith("--admin-listen 192.0.2.1:41003: ")
                .hasMessageContaining("expected: an address of this machine");
    }

    private void await(int port, Duration patience) throws TimeoutException {
        FreeAddress.await("--listen", new HostPort("127.0.0.1", port), patience).await(10, SECONDS);
    }
}
