package entrepot.operation.cache;

import entrepot.domain.CacheSettings;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What the pull-through cache of a test is made of.
public final class TestUpstreams {

    private TestUpstreams() {}

    /// Where the operator says nothing.
    public static CacheMeans none() {
        return allowing(CacheSettings.USUAL, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// With these hosts, which are asked once an hour at most.
    public static CacheMeans allowing(Path folder, String... hosts) {
        return allowing(new CacheSettings(Set.of(hosts), Map.of(), Duration.ofHours(1)), folder);
    }

    public static CacheMeans allowing(CacheSettings settings, Path folder) {
        var timing = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));
        try {
            return new CacheMeans(
                    settings, new Connections(new Targets(settings.allowed()), Trust.with(null), timing), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder that goes with the test's machine.
    public static Path folder() {
        try {
            var folder = Files.createTempDirectory("fetch");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
