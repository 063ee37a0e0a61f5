package com.keeptrusts.gateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, mounted for one test: small, or in an image that can be copied as a power cut leaves it. */
final class Disk implements AutoCloseable {

    private final Path mounted;

    private Disk(Path mounted) {
        this.mounted = mounted;
    }

    /** Memory of so many MiB. */
    static Disk tmpfs(Path place, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(place);
        Shell.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", place.toString());
        return new Disk(place);
    }

    /** A new ext4 file system in an image file. */
    static Disk ext4(Path image, Path place, int mebibytes) throws IOException, InterruptedException {
        Shell.run("truncate", "-s", mebibytes + "M", image.toString());
        Shell.run("mkfs.ext4", "-q", image.toString());
        return mount(image, place);
    }

    static Disk mount(Path image, Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        Shell.run("mount", "-o", "loop", image.toString(), place.toString());
        return new Disk(place);
    }

    Path path() {
        return mounted;
    }

    /** What the kernel does when the disk behind a file system has failed: from now on it can only be read. */
    void abort() throws IOException, InterruptedException {
        Shell.run("mount", "-o", "remount,abort", mounted.toString());
    }

    @Override
    public void close() {
        try {
            Shell.run("umount", mounted.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
