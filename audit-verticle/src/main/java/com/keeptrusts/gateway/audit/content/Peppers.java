package com.keeptrusts.gateway.audit.content;

import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of pseudonyms: one for each tenant and year, random, wrapped with the tenant's key. Destroying one makes the
 * pseudonyms of its year stand for nobody. Any thread; what is not {@link #known} reads or writes a file.
 */
final class Peppers {

    private static final Pattern FILE = Pattern.compile("[0-9a-f]{16}-(\\d{4})\\.key");

    private final LogFiles files;
    private final ContentPlace place;
    private final MasterKey master;
    private final Map<String, Secret> known = new ConcurrentHashMap<>();

    Peppers(LogFiles files, ContentPlace place, MasterKey master) {
        this.files = files;
        this.place = place;
        this.master = master;
    }

    /** Null until {@link #of} was called for the tenant and year. */
    @Nullable
    Secret known(String tenant, int year) {
        return known.get(key(tenant, year));
    }

    /** The tenant's pepper of a year, made when it is asked for the first time. Blocks. */
    synchronized Secret of(String tenant, int year) throws IOException {
        Secret before = known.get(key(tenant, year));
        if (before != null) {
            return before;
        }
        String name = ContentRef.sha256(tenant.getBytes(StandardCharsets.UTF_8)).substring(0, 16) + "-" + year;
        Path file = place.peppers().resolve(name + ".key");
        WrappedKey there = WrappedKey.read(master, file);
        if (there == null) {
            PrivateFiles.directory(files, place.peppers());
            there = new WrappedKey(name, tenant, Secret.random());
            there.write(files, master, file);
        }
        known.put(key(tenant, year), there.secret());
        return there.secret();
    }

    /** Every pepper that is there, of every tenant and year, or of one tenant. Blocks. */
    List<WrappedKey> all(@Nullable String tenant) throws IOException {
        var found = new ArrayList<WrappedKey>();
        if (!Files.isDirectory(place.peppers())) {
            return found;
        }
        try (Stream<Path> there = Files.list(place.peppers())) {
            for (Path file : there.filter(path -> path.toString().endsWith(".key"))
                    .sorted()
                    .toList()) {
                WrappedKey pepper = WrappedKey.read(master, file);
                if (pepper != null && (tenant == null || tenant.equals(pepper.tenant()))) {
                    found.add(pepper);
                }
            }
        }
        return found;
    }

    /** The files of earlier years' peppers. Blocks. */
    List<Path> ofYearsBefore(int year) throws IOException {
        if (!Files.isDirectory(place.peppers())) {
            return List.of();
        }
        try (Stream<Path> there = Files.list(place.peppers())) {
            return there.filter(file -> yearOf(file) < year).sorted().toList();
        }
    }

    private static int yearOf(Path file) {
        Matcher parts = FILE.matcher(String.valueOf(file.getFileName()));
        return parts.matches() ? Integer.parseInt(parts.group(1)) : Integer.MAX_VALUE;
    }

    private static String key(String tenant, int year) {
        return year + " " + tenant;
    }
}
