package entrepot.cli;

import entrepot.config.BlobKind;
import entrepot.config.Config;
import entrepot.config.ConfigException;
import entrepot.config.MetadataKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What `serve` is asked for by people who test: a registry of which nothing is left when it ends.
final class Ephemeral {

    private static final String KEY_FLAG = "--root-key-from-env";

    /// As AWS's tools read them.
    private static final String ID = "AWS_ACCESS_KEY_ID";

    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

    @Option(
            names = "--ephemeral",
            description = {
                "For tests: keeps everything in a temporary folder that is gone when the server ends, listens to this",
                "machine on any free port, and ends at once."
            })
    private boolean isAsked;

    @Option(
            names = KEY_FLAG,
            description = {
                "With --ephemeral: the root's key is that of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                "(default: a new one)."
            })
    private boolean isKeyGiven;

    Ephemeral() {}

    /// The same as the flags would make it.
    Ephemeral(boolean isAsked, boolean isKeyGiven) {
        this.isAsked = isAsked;
        this.isKeyGiven = isKeyGiven;
    }

    boolean isKeyGiven() {
        return isKeyGiven;
    }

    boolean isAsked() {
        return isAsked;
    }

    /// @param flags those that were given, by key
    /// @throws ConfigException if they contradict each other
    void refuseContradictions(Map<String, String> flags) {
        if (isAsked && flags.containsKey("data")) {
            throw new ConfigException("--ephemeral has a folder of its own: leave --data out");
        }
        if (isKeyGiven && !isAsked) {
            throw new ConfigException(
                    KEY_FLAG + " is for --ephemeral alone: root-key.id gives a lasting registry its key");
        }
    }

    /// The flags that were given, and what follows from --ephemeral where they say nothing.
    Map<String, String> flags(Map<String, String> given, Path folder) {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0", "drain", "0"));
        all.putAll(given);
        all.put("data", folder.toString());
        return all;
    }

    /// @throws ConfigException if a key is asked for that is not there, or is none
    Map<String, String> environment(Map<String, String> given) {
        if (!isKeyGiven) {
            return given;
        }
        if (!given.getOrDefault("AWS_SESSION_TOKEN", "").isBlank()) {
            throw new ConfigException(KEY_FLAG + ": AWS_SESSION_TOKEN is set, and clients would send it: unset it");
        }
        var all = new HashMap<>(given);
        all.put("ENTREPOT_ROOT_KEY_ID", variable(given, ID, "\\w{16,128}", "16 to 128 letters and digits"));
        all.put("ENTREPOT_ROOT_KEY_SECRET", variable(given, SECRET, "[!-~]{20,128}", "20 to 128 characters"));
        return all;
    }

    /// What is refused is not told: people take the one for the other.
    private static String variable(Map<String, String> all, String name, String form, String words) {
        var text = Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new ConfigException("%s: %s is not set".formatted(KEY_FLAG, name)));
        if (!text.matches(form)) {
            throw new ConfigException("%s: %s must have %s".formatted(KEY_FLAG, name, words));
        }
        return text;
    }

    /// @throws ConfigException if something would be left elsewhere
    static void refuseWhatLasts(Config config) {
        var storage = config.storage();
        if (!(storage.metadata() instanceof MetadataKind.Sqlite) || !(storage.blobs() instanceof BlobKind.Disk)) {
            throw new ConfigException("--ephemeral: metadata.type must be sqlite, and blobs.type must be disk");
        }
    }
}
