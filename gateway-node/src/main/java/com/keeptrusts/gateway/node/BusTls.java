package com.keeptrusts.gateway.node;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS on the event bus, by which prompts travel between nodes: a node without a certificate of the cluster's own
 * CA is neither heard nor told anything. The bus does not compare host names, so that CA must be used for nothing else.
 */
final class BusTls {

    static final String CA = "ca.crt";
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private static final List<String> PROTOCOLS = List.of("TLSv1.3");

    private BusTls() {}

    /** Fails when a file is missing, so that a process does not run half protected. */
    static void apply(EventBusOptions bus, Path directory) {
        bus.setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustAll(false)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(file(directory, CERTIFICATE))
                        .setKeyPath(file(directory, KEY)))
                .setTrustOptions(new PemTrustOptions().addCertPath(file(directory, CA)));
        PROTOCOLS.forEach(bus::addEnabledSecureTransportProtocol);
        bus.removeEnabledSecureTransportProtocol("TLSv1.2");
    }

    private static String file(Path directory, String name) {
        Path file = directory.resolve(name);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("--cluster-tls: " + file
                    + " cannot be read (expected: ca.crt, tls.crt and tls.key; kt cluster certs makes them)");
        }
        return file.toString();
    }

    /** Off loopback prompts must not travel in the clear. */
    static void require(String host, @Nullable Path directory) {
        if (directory == null && !isLoopback(host)) {
            throw new IllegalArgumentException("--cluster-tls: missing, and the event bus is to listen on " + host
                    + " (expected: a directory with ca.crt, tls.crt and tls.key, for prompts travel there; kt cluster"
                    + " certs makes one)");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
