package com.keeptrusts.gateway.audit.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/** Makes one run of eight that lie beside each other, holding one block of each. */
final class RunMerge implements Closeable {

    private final List<Keys> parts = new ArrayList<>();

    private RunMerge() {}

    /** @throws DamagedRunException when one of the parts is not as it was written; nothing is made then */
    static void merge(IndexDirectory index, List<RunName> parts, RunName whole, UUID writer) throws IOException {
        try (var merge = new RunMerge();
                RunWriter out = RunWriter.create(index.path(), whole, writer)) {
            for (RunName part : parts) {
                merge.parts.add(new Keys(IndexRun.open(index.path(), part, writer)));
            }
            merge.write(out);
        }
        for (RunName part : parts) {
            index.remove(part);
        }
    }

    private void write(RunWriter out) throws IOException {
        var heads = new PriorityQueue<>(Comparator.comparingLong(Keys::key).thenComparingLong(Keys::index));
        for (Keys part : parts) {
            if (part.next()) {
                heads.add(part);
            }
        }
        while (!heads.isEmpty()) {
            Keys least = heads.remove();
            out.key(least.key(), least.index());
            if (least.next()) {
                heads.add(least);
            }
        }
        for (Keys part : parts) {
            out.spans(part.run.spans());
        }
        out.finish();
    }

    @Override
    public void close() throws IOException {
        for (Keys part : parts) {
            part.run.close();
        }
    }

    /** Walks the keys of one run. */
    private static final class Keys {

        private final IndexRun run;
        private long at = -1;
        private long key;
        private long index;

        Keys(IndexRun run) {
            this.run = run;
        }

        boolean next() throws IOException {
            at++;
            if (at >= run.records()) {
                return false;
            }
            int within = (int) (at % RunFormat.PER_BLOCK);
            ByteBuffer block = within == 0 ? run.load(at / RunFormat.PER_BLOCK) : run.loaded();
            key = run.key(block, within);
            index = run.index(block, within);
            return true;
        }

        long key() {
            return key;
        }

        long index() {
            return index;
        }
    }
}
