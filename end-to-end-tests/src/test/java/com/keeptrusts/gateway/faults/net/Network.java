package com.keeptrusts.gateway.faults.net;

import com.keeptrusts.gateway.faults.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts joined by one switch, which also the machine itself is on, so that a test can be everybody's upstream and client.
 * What is done to the wires between hosts never touches those to the machine, except {@link #limit}. One network at a
 * time: opening one waits for another run's to close and removes what a run that was killed has left.
 */
public final class Network implements AutoCloseable {

    /** The machine's own address. */
    public static final String OUTSIDE = "10.77.89.1";

    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "keeptrusts-faults-net.lock");
    private static final String SWITCH = "ktswitch";
    private static final String HAZELCAST = "5701-5720";

    private final FileChannel lock;
    private final List<Host> hosts = new ArrayList<>();

    private Network(FileChannel lock) {
        this.lock = lock;
    }

    /** A switch without hosts. */
    public static Network open() throws IOException, InterruptedException {
        FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock.lock();
            sweep();
            Shell.run("ip", "link", "add", SWITCH, "type", "bridge");
            Shell.run("ip", "address", "add", OUTSIDE + "/24", "dev", SWITCH);
            Shell.run("ip", "link", "set", SWITCH, "up");
            return new Network(lock);
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Adds a host. */
    public Host host(String name) throws IOException, InterruptedException {
        var host = new Host(name, "10.77.89." + (11 + hosts.size()));
        hosts.add(host);
        Shell.run("ip", "netns", "add", host.namespace());
        Shell.run("ip", "link", "add", host.wire(), "type", "veth", "peer", "name", "eth0", "netns", host.namespace());
        Shell.run("ip", "link", "set", host.wire(), "master", SWITCH, "up");
        in(host, "ip", "address", "add", host.address() + "/24", "dev", "eth0");
        in(host, "ip", "link", "set", "lo", "up");
        in(host, "ip", "link", "set", "eth0", "up");
        rule(host, "add table ip faults");
        rule(host, "add chain ip faults arriving { type filter hook input priority 0; }");
        return host;
    }

    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Nothing gets through between the two, and nobody is told. */
    public void cut(Host one, Host other) throws IOException, InterruptedException {
        drop(one, other, "");
        drop(other, one, "");
    }

    /** Cuts a host off from all others. */
    public void isolate(Host host) throws IOException, InterruptedException {
        for (Host other : hosts) {
            if (!other.equals(host)) {
                cut(host, other);
            }
        }
    }

    /** Nothing of {@code from} arrives at {@code to}; the other direction goes on. */
    public void cutOneWay(Host from, Host to) throws IOException, InterruptedException {
        drop(to, from, "");
    }

    /** The members go on hearing each other, but the event bus between these two is cut. */
    public void cutBus(Host one, Host other) throws IOException, InterruptedException {
        String allButMembership = "tcp sport != " + HAZELCAST + " tcp dport != " + HAZELCAST;
        drop(one, other, allButMembership);
        drop(other, one, allButMembership);
    }

    /** As {@link #cutBus}, where only what {@code from} sends is lost. */
    public void cutBusOneWay(Host from, Host to) throws IOException, InterruptedException {
        drop(to, from, "tcp sport != " + HAZELCAST + " tcp dport != " + HAZELCAST);
    }

    /** So many of a hundred packets between the two are lost, at random. */
    public void lose(Host one, Host other, int percent) throws IOException, InterruptedException {
        String some = "numgen random mod 100 < " + percent;
        drop(one, other, some);
        drop(other, one, some);
    }

    /** All that the host sends has to pass a line of that width. */
    public void limit(Host host, int kilobits) throws IOException, InterruptedException {
        in(
                host,
                "tc qdisc add dev eth0 root tbf rate %dkbit burst 4kb latency 2s"
                        .formatted(kilobits)
                        .split(" "));
    }

    /** All wires are as new. */
    public void heal() throws IOException, InterruptedException {
        for (Host host : hosts) {
            rule(host, "flush chain ip faults arriving");
            if (in(host, "tc", "qdisc", "show", "dev", "eth0").contains("tbf")) {
                in(host, "tc", "qdisc", "del", "dev", "eth0", "root");
            }
        }
    }

    @Override
    public void close() {
        try (lock) {
            sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drop(Host at, Host from, String which) throws IOException, InterruptedException {
        rule(at, "add rule ip faults arriving ip saddr " + from.address() + " " + which + " drop");
    }

    private static void rule(Host host, String rule) throws IOException, InterruptedException {
        in(host, "nft", rule);
    }

    private static String in(Host host, String... command) throws IOException, InterruptedException {
        return Shell.run(host.enter(command).toArray(String[]::new));
    }

    /** Namespaces of our names, whatever still runs in them, and the switch. */
    private static void sweep() throws IOException, InterruptedException {
        for (String line : Shell.run("ip", "netns", "list").lines().toList()) {
            String namespace = line.split(" ", 2)[0];
            if (namespace.startsWith(Host.PREFIX)) {
                for (String pid :
                        Shell.run("ip", "netns", "pids", namespace).lines().toList()) {
                    ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
                }
                Shell.run("ip", "netns", "delete", namespace);
            }
        }
        for (String line : Shell.run("ip", "-brief", "link").lines().toList()) {
            String link = line.split("[ @]", 2)[0];
            if (link.equals(SWITCH) || link.startsWith(Host.WIRE)) { // wires outlive their namespace for a moment
                Shell.run("sh", "-c", "ip link delete " + link + " || ! ip link show " + link);
            }
        }
    }
}
