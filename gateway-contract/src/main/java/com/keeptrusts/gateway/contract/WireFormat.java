package com.keeptrusts.gateway.contract;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a message between nodes: version (1 byte), length of the record's simple name (1 byte), the name in
 * ASCII, then its components in CBOR (RFC 8949) as a map by name. What another build says is read as {@link Tolerance}
 * has it. A frame is at most {@value #MAX_FRAME} bytes, its nesting, texts and number of tokens are bounded.
 */
final class WireFormat {

    static final byte VERSION = 1;
    static final int MAX_FRAME = 32 * 1024 * 1024;

    private static final Map<String, ObjectReader> READERS = new HashMap<>();
    private static final Map<Class<?>, Form> FORMS = new HashMap<>();

    static {
        CBORMapper mapper = mapper();
        learn(BusMessage.class, mapper);
    }

    private WireFormat() {}

    static byte[] write(BusMessage message) {
        Form form = FORMS.get(message.getClass());
        if (form == null) {
            throw new WireFormatException(message.getClass().getSimpleName() + " is not in the catalogue");
        }
        try {
            byte[] body = form.writer().writeValueAsBytes(message);
            int nameLength = form.name().length();
            byte[] frame = new byte[2 + nameLength + body.length];
            frame[0] = VERSION;
            frame[1] = (byte) nameLength;
            System.arraycopy(form.name().array(), 0, frame, 2, nameLength);
            System.arraycopy(body, 0, frame, 2 + nameLength, body.length);
            return frame;
        } catch (IOException e) {
            throw new WireFormatException(message.getClass().getSimpleName() + " cannot be written");
        }
    }

    /**
     * @throws WireFormatException for anything that is not a message of the catalogue
     */
    static BusMessage read(byte[] frame) {
        if (frame.length < 2 || frame.length > MAX_FRAME) {
            throw new WireFormatException("frame of " + frame.length + " bytes (expected: 2 to " + MAX_FRAME + ")");
        }
        if (frame[0] != VERSION) {
            throw new WireFormatException("version " + frame[0] + " (expected: " + VERSION + ")");
        }
        int start = 2 + Byte.toUnsignedInt(frame[1]);
        if (start > frame.length) {
            throw new WireFormatException("frame ends inside the name of its record");
        }
        ObjectReader reader = READERS.get(new String(frame, 2, start - 2, StandardCharsets.US_ASCII));
        if (reader == null) {
            throw new WireFormatException("record of an unknown name");
        }
        try {
            BusMessage message = reader.readValue(frame, start, frame.length - start);
            if (message == null) {
                throw new WireFormatException("no record");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            throw new WireFormatException(
                    "record cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static void learn(Class<?> type, CBORMapper mapper) {
        if (!type.isSealed()) {
            FORMS.put(type, new Form(Bytes.utf8(type.getSimpleName()), mapper.writerFor(type)));
            READERS.put(type.getSimpleName(), mapper.readerFor(type));
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            learn(permitted, mapper);
        }
    }

    private static CBORMapper mapper() {
        var factory = CBORFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(16)
                        .maxStringLength(MAX_FRAME)
                        .maxDocumentLength(MAX_FRAME)
                        .maxTokenCount(4_000_000)
                        .build())
                .build();
        var module = new SimpleModule("contract");
        module.addSerializer(Bytes.class, new BytesWriter()).addDeserializer(Bytes.class, new BytesReader());
        module.addSerializer(UserText.class, new TextWriter()).addDeserializer(UserText.class, new TextReader());
        CBORMapper.Builder builder = CBORMapper.builder(factory)
                .addModule(module)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
        return Tolerance.teach(builder)
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .build();
    }

    /** How a record is written. */
    private record Form(Bytes name, ObjectWriter writer) {}

    private static final class BytesWriter extends StdSerializer<Bytes> {
        private static final long serialVersionUID = 1;

        BytesWriter() {
            super(Bytes.class);
        }

        @Override
        public void serialize(Bytes value, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeBinary(value.array());
        }
    }

    private static final class BytesReader extends StdDeserializer<Bytes> {
        private static final long serialVersionUID = 1;

        BytesReader() {
            super(Bytes.class);
        }

        @Override
        public Bytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Bytes.owning(in.getBinaryValue());
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return Bytes.owning(new byte[0]);
        }
    }

    private static final class TextWriter extends StdSerializer<UserText> {
        private static final long serialVersionUID = 1;

        TextWriter() {
            super(UserText.class);
        }

        @Override
        public void serialize(UserText value, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeBinary(value.value().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class TextReader extends StdDeserializer<UserText> {
        private static final long serialVersionUID = 1;

        TextReader() {
            super(UserText.class);
        }

        @Override
        public UserText deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new UserText(new String(in.getBinaryValue(), StandardCharsets.UTF_8));
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return new UserText("");
        }
    }
}
