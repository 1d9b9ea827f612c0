package entrepot.server;

import entrepot.move.Progress;
import java.util.ArrayList;
import java.util.List;

/// Keeps what it hears.
final class Told implements Progress {
    final List<String> lines = new ArrayList<>();
    long lacking;
    long blobs;
    long bytes;
    long rows;

    @Override
    public void ahead(long number, long size) {
        lacking = number;
        blobs -= number;
    }

    @Override
    public synchronized void bytes(long number) {
        bytes += number;
    }

    @Override
    public synchronized void blob() {
        blobs++;
    }

    @Override
    public void row() {
        rows++;
    }

    @Override
    public synchronized void say(String line) {
        lines.add(line);
    }
}
