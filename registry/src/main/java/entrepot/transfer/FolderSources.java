package entrepot.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders that images are imported from.
public final class FolderSources {

    private static final String REPOSITORIES = "docker/registry/v2/repositories";

    private FolderSources() {}

    /// One OCI layout, which is a repository without a name of its own.
    public static Source layout(Path folder) throws IOException {
        var safe = SafeFolder.at(folder);
        return () -> List.of(new LayoutRepository(safe, ""));
    }

    /// The folder of a zot, which has a layout for each repository.
    public static Source zot(Path folder) throws IOException {
        var safe = SafeFolder.at(folder);
        return () -> {
            var all = new ArrayList<SourceRepository>();
            for (var name : safe.having(LayoutRepository.INDEX)) {
                all.add(new LayoutRepository(new SafeFolder(safe.root().resolve(name)), name));
            }
            return all;
        };
    }

    /// The folder of a distribution registry, above `docker/registry/v2`.
    public static Source distribution(Path folder) throws IOException {
        return distribution(SafeFolder.at(folder));
    }

    /// The same wherever it is.
    public static Source distribution(SourceFiles files) throws IOException {
        var names = files.having(REPOSITORIES, "_manifests");
        return new Source() {
            @Override
            public List<SourceRepository> repositories() {
                return names.stream()
                        .<SourceRepository>map(name -> new DistributionRepository(files, name))
                        .toList();
            }

            @Override
            public void close() {
                files.close();
            }
        };
    }
}
