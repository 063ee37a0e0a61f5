package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.Track;
import com.keeptrusts.gateway.contract.TrackText;
import com.keeptrusts.gateway.contract.UserText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that wait for their review; pieces of one track that follow each other are joined. */
final class PendingTexts {

    private static final int LARGE = 64 * 1024;

    private final List<TrackText> done = new ArrayList<>(2);
    private @Nullable Track track;
    private String first = "";
    private @Nullable StringBuilder joined;
    private int characters;

    void add(Track of, String text) {
        characters += text.length();
        if (!of.equals(track)) {
            close();
            track = of;
            first = text;
        } else {
            if (joined == null) {
                joined = new StringBuilder(first);
            }
            joined.append(text);
        }
    }

    boolean isEmpty() {
        return characters == 0;
    }

    boolean isLarge() {
        return characters > LARGE;
    }

    List<TrackText> texts() {
        close();
        return done;
    }

    private void close() {
        if (track != null) {
            done.add(new TrackText(track, new UserText(joined == null ? first : joined.toString())));
            track = null;
            joined = null;
        }
    }
}
