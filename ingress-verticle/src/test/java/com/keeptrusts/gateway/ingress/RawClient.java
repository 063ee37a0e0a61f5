package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** A client that writes what it is told and reads what comes, on a socket of its own. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /**
     * @param window bytes that the system receives ahead of us; 0 for its own choice
     */
    RawClient(int port, int window) throws IOException {
        this(new Socket(), port, window);
    }

    private RawClient(Socket socket, int port, int window) throws IOException {
        this.socket = socket;
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** A client at another address of this machine. */
    static RawClient from(String address, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        return new RawClient(socket, port, 0);
    }

    static Answer post(int port, String path, String body, String... headers) throws IOException {
        try (var client = new RawClient(port)) {
            client.sendPost(path, body.getBytes(UTF_8), headers);
            return client.read();
        }
    }

    static Answer chat(int port, String body, String... headers) throws IOException {
        return post(port, "/v1/chat/completions", body, headers);
    }

    static Answer get(int port, String path, String... headers) throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + lines(headers) + "\r\n");
            return client.read();
        }
    }

    void sendPost(String path, byte[] body, String... headers) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length + "\r\n" + lines(headers)
                + "\r\n");
        send(body);
    }

    void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next response, without any {@code 100 Continue} before it. */
    Answer read() throws IOException {
        String head = head();
        while (head.startsWith("HTTP/1.1 100")) {
            head = head();
        }
        return new Answer(head, Bytes.owning(body(head)));
    }

    String head() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads body bytes until they contain the text. */
    String readUntil(String text) throws IOException {
        var got = new ByteArrayOutputStream();
        while (!got.toString(UTF_8).contains(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + got.toString(UTF_8));
            }
            got.write(next);
        }
        return got.toString(UTF_8);
    }

    /** What one read brings from the text on, after reading up to it piece by piece. */
    String readOnceFrom(String text) throws IOException {
        var got = new StringBuilder();
        byte[] piece = new byte[64 * 1024];
        while (true) {
            int length = in.read(piece);
            if (length < 0) {
                throw new IOException("closed after: " + got);
            }
            String read = new String(piece, 0, length, ISO_8859_1);
            if (read.contains(text)) {
                return read.substring(read.indexOf(text) - 6);
            }
            got.append(read);
        }
    }

    /** Whether the peer closes the connection, rather than leaving it open. */
    boolean isClosedByPeer() throws IOException {
        try {
            int next = in.read();
            while (next >= 0) {
                next = in.read();
            }
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    private byte[] body(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return chunks();
        }
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return in.readAllBytes();
        }
        int length = Integer.parseInt(
                head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        return in.readNBytes(length);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(), 16);
            body.write(in.readNBytes(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (!line.toString().endsWith("\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed inside a line");
            }
            line.append((char) next);
        }
        return line.substring(0, line.length() - 2);
    }

    private static String lines(String... headers) {
        var lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    /** Resets the connection instead of closing it in good order. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A response as it came. */
    record Answer(String head, Bytes bytes) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        String body() {
            return bytes.toUtf8();
        }

        String header(String name) {
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }
}
