package com.keeptrusts.gateway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.contract.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client connection that writes what it is told, byte for byte, and reads what comes. */
final class RawConnection implements AutoCloseable {

    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    RawConnection(int port) throws IOException {
        this(port, 0);
    }

    /**
     * @param window bytes that the system receives ahead of us; 0 for its own choice
     */
    RawConnection(int port, int window) throws IOException {
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
    }

    void post(String path, byte[] body, String... headers) throws IOException {
        write("POST " + path + " HTTP/1.1\r\nhost: test\r\ncontent-length: " + body.length + "\r\n" + lines(headers)
                + "\r\n");
        write(body);
    }

    void write(String text) throws IOException {
        write(text.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    /** The next response, without any {@code 100 Continue} before it. */
    Answer read() throws IOException {
        String head = head();
        while (head.startsWith("HTTP/1.1 100")) {
            head = head();
        }
        return body(head);
    }

    /** Reads up to the blank line. */
    String head() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) next());
        }
        return head.toString();
    }

    /** Reads until what came contains the text. */
    String readUntil(String text) throws IOException {
        var got = new ByteArrayOutputStream();
        while (!got.toString(UTF_8).contains(text)) {
            got.write(next());
        }
        return got.toString(UTF_8);
    }

    /** All that one read brings, once it begins to come. */
    String readOnce() throws IOException {
        byte[] piece = new byte[64 * 1024];
        int length = in.read(piece);
        return length < 0 ? "" : new String(piece, 0, length, ISO_8859_1);
    }

    /** What comes until the peer closes or resets the connection. */
    Rest readToEnd() throws IOException {
        var got = new ByteArrayOutputStream();
        try {
            in.transferTo(got);
            return new Rest(got.toString(ISO_8859_1), false);
        } catch (SocketException e) {
            return new Rest(got.toString(ISO_8859_1), true);
        }
    }

    /** Breaks the connection off. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The end of a connection, and whether it was a reset. */
    record Rest(String text, boolean reset) {}

    private Answer body(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return chunks(head);
        }
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return new Answer(head, Bytes.owning(in.readAllBytes()), List.of(), true);
        }
        int length = Integer.parseInt(
                head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        byte[] body = in.readNBytes(length);
        return new Answer(head, Bytes.owning(body), List.of(), body.length == length);
    }

    private Answer chunks(String head) throws IOException {
        var body = new ByteArrayOutputStream();
        List<String> chunks = new ArrayList<>();
        try {
            for (int length = chunkLength(); length > 0; length = chunkLength()) {
                byte[] chunk = in.readNBytes(length);
                body.write(chunk);
                chunks.add(new String(chunk, UTF_8));
                line();
            }
            line();
            return new Answer(head, Bytes.owning(body.toByteArray()), chunks, true);
        } catch (EOFException | SocketException e) {
            return new Answer(head, Bytes.owning(body.toByteArray()), chunks, false);
        }
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (!line.toString().endsWith("\r\n")) {
            line.append((char) next());
        }
        return line.substring(0, line.length() - 2);
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the peer closed the connection");
        }
        return next;
    }
}
