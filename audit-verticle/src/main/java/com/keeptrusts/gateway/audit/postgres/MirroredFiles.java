package com.keeptrusts.gateway.audit.postgres;

import com.keeptrusts.gateway.audit.segment.LogFile;
import com.keeptrusts.gateway.audit.segment.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The files of a log's directory, of which three are stored in the database before they change. */
record MirroredFiles(LogFiles disk, Mirror mirror) implements LogFiles {

    /** Stores a file's new content, durably, or throws. */
    interface Mirror {

        void facts(String document) throws IOException;

        void holds(String document) throws IOException;

        void checkpoint(String note) throws IOException;
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        switch (String.valueOf(file.getFileName())) {
            case "log.json" -> mirror.facts(new String(bytes, StandardCharsets.UTF_8));
            case "holds.json" -> mirror.holds(new String(bytes, StandardCharsets.UTF_8));
            case "checkpoint" -> mirror.checkpoint(new String(bytes, StandardCharsets.UTF_8));
            default -> {}
        }
        disk.replace(file, bytes);
    }

    @Override
    public LogFile open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void deleteIfThere(Path file) throws IOException {
        disk.deleteIfThere(file);
    }

    @Override
    public long usableBytes(Path directory) {
        return disk.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) {
        return disk.totalBytes(directory);
    }
}
