package com.keeptrusts.gateway.policy.injection;

import com.keeptrusts.gateway.contract.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the example texts of the tests. */
record ExampleTexts(Channel channel, String text) {

    static List<ExampleTexts> read(String file) {
        try (InputStream in = ExampleTexts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ExampleTexts::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExampleTexts parse(String line) {
        int bar = line.indexOf(" | ");
        return new ExampleTexts(
                Channel.valueOf(line.substring(0, bar)), line.substring(bar + 3).replace("\\n", "\n"));
    }
}
