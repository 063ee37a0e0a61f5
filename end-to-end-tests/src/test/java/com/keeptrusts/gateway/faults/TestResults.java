package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the last build of each module left in its reports. */
final class TestResults {

    private final Map<String, String> byTest = new HashMap<>();

    private TestResults() {}

    static TestResults in(Path top) throws IOException {
        var results = new TestResults();
        try (Stream<Path> modules = Files.list(top)) {
            for (Path module : modules.toList()) {
                for (String reports : List.of("target/surefire-reports", "target/failsafe-reports")) {
                    results.readAll(module.resolve(reports));
                }
            }
        }
        return results;
    }

    /** {@code holds}, {@code fails}, {@code skipped}, or {@code not run} where no report speaks of it. */
    String of(FaultTests.FaultTest test) {
        return byTest.getOrDefault(test.name(), "not run");
    }

    private void readAll(Path reports) throws IOException {
        if (!Files.isDirectory(reports)) {
            return;
        }
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(file -> file.toString().matches(".*TEST-.*\\.xml"))
                    .toList()) {
                read(file);
            }
        }
    }

    private void read(Path file) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                note((Element) cases.item(i));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** One case that fails, of however many, is a test that fails. */
    private void note(Element test) {
        String type = test.getAttribute("classname");
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String method = test.getAttribute("name").split("[({\\[]", 2)[0].strip();
        String result =
                has(test, "failure") || has(test, "error") ? "fails" : has(test, "skipped") ? "skipped" : "holds";
        for (String name : List.of(simple, simple + "." + method)) {
            byTest.merge(name, result, (one, other) -> one.equals("holds") ? other : one);
        }
    }

    private static boolean has(Element test, String what) {
        return test.getElementsByTagName(what).getLength() > 0;
    }
}
