package entrepot.operation.cache;

import entrepot.domain.CacheSettings;
import entrepot.upstream.wire.Connections;
import java.nio.file.Path;

/// What the pull-through cache is made of, beside what all operations are.
///
/// @param connections what may be connected to
/// @param folder for what is on its way here, of this process alone
public record CacheMeans(CacheSettings settings, Connections connections, Path folder) {}
