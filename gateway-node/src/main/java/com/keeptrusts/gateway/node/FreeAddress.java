package com.keeptrusts.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an address can be listened on, asked before anything is served, and before others hear of this process. Port
 * numbers such as 41002 lie in the range that the system also gives to outgoing connections; one that has just ended
 * holds its number for a minute more, which is waited for. Another program that listens there is a failure at once.
 */
final class FreeAddress {

    private static final Logger LOG = LoggerFactory.getLogger(FreeAddress.class);

    /** Linux keeps an ended connection for 60 s. */
    static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final long RETRY_MILLIS = 500;
    private static final int CONNECT_MILLIS = 500;

    private FreeAddress() {}

    /**
     * Completes when {@code address} is free; fails after {@code patience} at the latest, with what to do about it.
     *
     * @param option the command line's name for the address, for the failure
     */
    static Future<Void> await(String option, HostPort address, Duration patience) {
        if (address.port() == 0) {
            return Future.succeededFuture();
        }
        var wish = new Wish(option, address, System.nanoTime() + patience.toNanos());
        Promise<Void> free = Promise.promise();
        Thread.ofPlatform().name("await " + address).start(() -> {
            try {
                await(wish);
                free.complete();
            } catch (RuntimeException refused) {
                free.fail(refused);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody interrupts this thread
                free.fail(e);
            }
        });
        return free.future();
    }

    private record Wish(String option, HostPort address, long untilNanos) {

        boolean over() {
            return System.nanoTime() - untilNanos >= 0;
        }

        IllegalStateException refused(String why) {
            return new IllegalStateException(option + " " + address + ": " + why);
        }
    }

    private static void await(Wish wish) throws InterruptedException {
        for (boolean first = true; !free(wish); first = false) {
            if (wish.over()) {
                throw wish.refused("an outgoing connection of this machine has that port"
                        + " (expected: a free one; choose another, or reserve this one with the system's setting"
                        + " net.ipv4.ip_local_reserved_ports)");
            }
            if (first) {
                LOG.warn("{} {}: held by a connection that has not wholly ended; waiting", wish.option, wish.address);
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private static boolean free(Wish wish) {
        try (ServerSocket door = new ServerSocket()) {
            door.setReuseAddress(true); // as the servers do
            door.bind(new InetSocketAddress(wish.address.host(), wish.address.port()));
            return true;
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("in use")) {
                throw wish.refused(e.getMessage() + " (expected: an address of this machine that may be listened on)");
            }
            if (answers(wish.address)) {
                throw wish.refused("another program listens there (expected: a free address)");
            }
            return false;
        }
    }

    private static boolean answers(HostPort address) {
        try (Socket caller = new Socket()) {
            InetAddress host = InetAddress.getByName(address.host());
            InetAddress reached = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
            caller.connect(new InetSocketAddress(reached, address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
