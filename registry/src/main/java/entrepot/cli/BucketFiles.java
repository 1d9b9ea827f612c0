package entrepot.cli;

import entrepot.domain.Content;
import entrepot.store.ForeignFiles;
import entrepot.transfer.SourceFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// The folder of a registry in a bucket. There are no links in it, so whatever is named so is a file of its own.
record BucketFiles(ForeignFiles files) implements SourceFiles {

    /// Folders in folders; no repository's name has so many parts.
    private static final int DEEPEST = 130;

    @Override
    public byte[] bytes(String path, int most) throws IOException {
        var content = files.open(path);
        if (content.length() > most) {
            throw new IOException("%s has more than %d bytes".formatted(path, most));
        }
        var bytes = new ByteArrayOutputStream();
        content.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @Override
    public Content content(String path) throws IOException {
        return files.open(path);
    }

    @Override
    public boolean has(String path) throws IOException {
        try {
            return files.open(path).length() >= 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return files.list(folder).stream().map(BucketFiles::bare).toList();
    }

    private static String bare(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public List<String> having(String folder, String entry) throws IOException {
        var found = new ArrayList<String>();
        look(folder, "", entry, found, 0);
        if (found.isEmpty() && files.list(folder).isEmpty()) {
            throw new IOException("%s/%s is empty, or not there".formatted(files, folder));
        }
        found.sort(null);
        return found;
    }

    /// What begins with `_` is the registry's own, and no repository.
    private void look(String root, String below, String entry, List<String> found, int depth) throws IOException {
        var names = files.list(below.isEmpty() ? root : root + "/" + below);
        if (names.contains(entry) || names.contains(entry + "/")) {
            found.add(below);
        }
        for (var name : names) {
            if (name.endsWith("/") && !name.startsWith("_") && depth < DEEPEST) {
                look(root, (below.isEmpty() ? "" : below + "/") + bare(name), entry, found, depth + 1);
            }
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
