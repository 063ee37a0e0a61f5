package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LogFacts;
import com.keeptrusts.gateway.audit.note.SigningKey;
import com.keeptrusts.gateway.audit.read.Tampering.Copies;
import com.keeptrusts.gateway.audit.read.Tampering.Place;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What {@code log.json} says, changed or gone. */
final class FactsTamperings {

    private FactsTamperings() {}

    static List<Tampering> all() {
        return List.of(
                replacing("log.json has another origin", "\"origin\" : \"n1/", _ -> "\"origin\" : \"n2/"),
                replacing("log.json has another format", "\"format\" : 1", _ -> "\"format\" : 2"),
                replacing("log.json cannot be read", "{", _ -> "["),
                replacing("log.json promises nothing any more", "\"latch\"", _ -> "\"latched\""),
                replacing("log.json promises less", "\"retention_days\" : 365", FactsTamperings::fewerDays),
                replacing("log.json has another first index", "\"minimum_index\" : 0", FactsTamperings::laterIndex),
                new Tampering("the first entries are cut off as if they were pruned", FactsTamperings::cutAsPruned),
                new Tampering("log.json has another key", FactsTamperings::otherKey),
                new Tampering("log.json has another key of another origin", FactsTamperings::otherOrigin),
                new Tampering("log.json has another writer", FactsTamperings::otherWriter),
                new Tampering("log.json is gone", FactsTamperings::gone));
    }

    /** The replacement of a part of the file. */
    private interface Other {
        String by(Random random);
    }

    private static Tampering replacing(String name, String part, Other other) {
        return new Tampering(name, (copies, random) -> {
            replace(copies.log(), part, other.by(random));
            return Place.named("log.json");
        });
    }

    private static void replace(LedgerCopy log, String part, String other) throws IOException {
        String before = log.text("log.json");
        String after = before.replace(part, other);
        if (after.equals(before)) {
            throw new AssertionError(part + ": not in " + before);
        }
        log.write("log.json", after);
    }

    private static String fewerDays(Random random) {
        return "\"retention_days\" : " + random.nextInt(365);
    }

    private static String laterIndex(Random random) {
        return "\"minimum_index\" : " + 256 * (1 + random.nextInt(5));
    }

    private static Place cutAsPruned(Copies copies, Random random) throws IOException {
        LedgerCopy log = copies.log();
        int bundles = 1 + random.nextInt((int) (log.size() / 256));
        for (int bundle = 0; bundle < bundles; bundle++) {
            log.delete(log.bundle(256L * bundle));
            log.delete(log.tile(0, 256L * bundle));
        }
        replace(log, "\"minimum_index\" : 0", "\"minimum_index\" : " + 256 * bundles);
        return Place.at(0).saying("log.json");
    }

    private static Place otherKey(Copies copies, Random random) throws IOException {
        LogFacts facts = LogFacts.read(copies.log().directory().facts());
        SigningKey other = SigningKey.generate(facts.origin());
        replace(copies.log(), facts.key().toString(), other.verifier().toString());
        return Place.at(0).saying("log.json");
    }

    private static Place otherOrigin(Copies copies, Random random) throws IOException {
        LogFacts facts = LogFacts.read(copies.log().directory().facts());
        SigningKey other = SigningKey.generate("n2/audit/" + facts.writer());
        replace(copies.log(), facts.key().toString(), other.verifier().toString());
        replace(
                copies.log(),
                "\"" + facts.origin() + "\"",
                "\"" + other.verifier().name() + "\"");
        return Place.at(0).saying("log.json");
    }

    private static Place otherWriter(Copies copies, Random random) throws IOException {
        LogFacts facts = LogFacts.read(copies.log().directory().facts());
        replace(
                copies.log(),
                "\"writer\" : \"" + facts.writer(),
                "\"writer\" : \"" + new UUID(random.nextLong(), random.nextLong()));
        return Place.named("belongs to another writer");
    }

    private static Place gone(Copies copies, Random random) throws IOException {
        copies.log().delete("log.json");
        return Place.named("log.json");
    }
}
