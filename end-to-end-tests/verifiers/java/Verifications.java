import com.keeptrusts.gateway.node.cli.EventsCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * Runs {@code kt events verify} again and again in one process: for each line of standard input, its arguments between
 * tabs, it answers with a line of exit code and length in bytes, and then what the command printed.
 */
final class Verifications {

    private Verifications() {}

    public static void main(String[] none) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = System.out;
        System.setOut(System.err);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            var arguments = new ArrayList<String>();
            arguments.add("verify");
            arguments.addAll(Arrays.asList(line.split("\t")));
            var text = new StringWriter();
            var printed = new PrintWriter(text, true);
            int code = new CommandLine(new EventsCommand())
                    .setOut(printed)
                    .setErr(printed)
                    .execute(arguments.toArray(new String[0]));
            printed.flush();
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            answers.println(code + " " + bytes.length);
            answers.write(bytes);
            answers.flush();
        }
    }
}
