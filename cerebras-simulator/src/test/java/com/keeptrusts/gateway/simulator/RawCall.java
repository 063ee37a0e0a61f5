package com.keeptrusts.gateway.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A call over a bare socket, for what an HTTP client hides. */
final class RawCall implements AutoCloseable {

    private final Socket socket;

    RawCall(int port, String body, String... headerLines) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nContent-Length: "
                + bytes.length + "\r\n" + lines(headerLines) + "\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(bytes);
    }

    private static String lines(String... headers) {
        return Arrays.stream(headers).map(line -> line + "\r\n").collect(Collectors.joining());
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Everything until the peer closes. */
    String rest() throws IOException {
        return new String(in().readAllBytes(), UTF_8);
    }

    /** Reads until the text has appeared, and returns all that was read. */
    String until(String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = in().read();
            if (next < 0) {
                throw new AssertionError("closed after: " + seen);
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
