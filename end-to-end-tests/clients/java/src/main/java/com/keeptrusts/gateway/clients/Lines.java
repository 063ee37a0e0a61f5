package com.keeptrusts.gateway.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/** One command a line in, one answer a line out; whatever a client throws is part of the answer. */
final class Lines {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A client library. */
    interface Library {

        void ask(Command command, Answer answer) throws Exception;

        void describe(Exception thrown, Answer answer);
    }

    private Lines() {}

    static void serve(Library library) throws IOException {
        var out = new PrintStream(System.out, true, UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(MAPPER.writeValueAsString(
                    answer(library, Command.of(MAPPER.readTree(line))).json()));
        }
        System.exit(0); // clients leave threads behind
    }

    private static Answer answer(Library library, Command command) {
        var answer = new Answer();
        try {
            for (int time = 0; time < command.repeat(); time++) {
                answer = new Answer();
                library.ask(command, answer);
            }
        } catch (Exception e) {
            library.describe(e, answer);
        }
        return answer;
    }
}
