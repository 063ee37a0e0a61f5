package com.keeptrusts.gateway.policy.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a model of three operations (ONNX IR 8, operators 13): one logit, 10 when a token is there and -10 when not. */
final class TinyOnnx {

    private static final int INT64 = 7;
    private static final int FLOAT = 1;

    private TinyOnnx() {}

    static byte[] model(long token) {
        byte[] graph = message()
                .bytes(1, node("Equal", "input_ids,token", "found", new byte[0]))
                .bytes(1, node("Cast", "found", "one", intAttribute("to", FLOAT)))
                .bytes(1, node("ReduceMax", "one", "most", intsAttribute("axes", 1)))
                .bytes(1, node("Mul", "most,twenty", "scaled", new byte[0]))
                .bytes(1, node("Sub", "scaled,ten", "logits", new byte[0]))
                .text(2, "tiny")
                .bytes(5, tensor("token", INT64, longs(token)))
                .bytes(5, tensor("twenty", FLOAT, floats(20)))
                .bytes(5, tensor("ten", FLOAT, floats(10)))
                .bytes(11, value("input_ids", INT64))
                .bytes(12, value("logits", FLOAT))
                .done();
        byte[] operators = message().number(2, 13).done();
        return message().number(1, 8).bytes(7, graph).bytes(8, operators).done();
    }

    private static byte[] node(String operation, String inputs, String output, byte[] attribute) {
        Message node = message();
        for (String input : inputs.split(",", -1)) {
            node.text(1, input);
        }
        node.text(2, output).text(4, operation);
        return (attribute.length == 0 ? node : node.bytes(5, attribute)).done();
    }

    private static byte[] intAttribute(String name, long value) {
        return message().text(1, name).number(3, value).number(20, 2).done();
    }

    private static byte[] intsAttribute(String name, long value) {
        return message().text(1, name).number(8, value).number(20, 7).done();
    }

    private static byte[] tensor(String name, int type, byte[] raw) {
        return message()
                .number(1, 1)
                .number(2, type)
                .text(8, name)
                .bytes(9, raw)
                .done();
    }

    private static byte[] value(String name, int type) {
        byte[] batch = message().number(1, 1).done();
        byte[] length = message().text(2, "n").done();
        byte[] shape = message().bytes(1, batch).bytes(1, length).done();
        byte[] tensor = message().number(1, type).bytes(2, shape).done();
        return message()
                .text(1, name)
                .bytes(2, message().bytes(1, tensor).done())
                .done();
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] floats(float value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }

    private static Message message() {
        return new Message();
    }

    /** A message of Protocol Buffers. */
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            variable((long) field << 3);
            variable(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message bytes(int field, byte[] value) {
            variable(((long) field << 3) | 2);
            variable(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] done() {
            return out.toByteArray();
        }

        private void variable(long value) {
            long left = value;
            while (left >= 0x80) {
                out.write((int) ((left & 0x7F) | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
