package entrepot.packaging;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Entrepot as an image of OCI's form, without an engine and without a base: what its Java needs of the C library is a
/// layer of its own. The same files make the same bytes.
public final class Image {

    private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/opt/entrepot");

    /// Whoever it runs as need not be this one: nothing in the image is written to.
    private static final String USER = "10001:10001";

    private static final FilePermissions OWN_FOLDER = FilePermissions.fromOctalString("700");
    private static final FilePermissions FOLDER_FOR_ALL = FilePermissions.fromOctalString("777");

    /// Of all files, whatever the commit: a layer that has not changed is the one of the image before.
    private static final Instant NO_DATE = Instant.ofEpochSecond(1);

    private final Path stage;
    private final Instant date;

    private Image(Path stage, Instant date) {
        this.stage = stage;
        this.date = date;
    }

    /// Makes the archive, and says its digest.
    ///
    /// @param arguments the folder with what is to be in it, the archive to make, the version, the commit and its
    ///     date in seconds
    public static void main(String[] arguments) throws Exception {
        var date = Instant.ofEpochSecond(Long.parseLong(arguments[4]));
        var image = new Image(Path.of(arguments[0]), date);
        var made = image.with(arguments[2], arguments[3])
                .containerize(
                        Containerizer.to(TarImage.at(Path.of(arguments[1])).named("entrepot:" + arguments[2]))
                                .setBaseImageLayersCache(Path.of(arguments[0]).resolveSibling("jib"))
                                .setApplicationLayersCache(Path.of(arguments[0]).resolveSibling("jib"))
                                .setOfflineMode(true));
        IO.println(made.getDigest());
    }

    private JibContainerBuilder with(String version, String revision)
            throws IOException, InvalidImageReferenceException {
        return Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setFileEntriesLayers(layers())
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/data"))
                .setVolumes(AbsoluteUnixPath.get("/data"))
                .setExposedPorts(Port.tcp(5000))
                .setEnvironment(Map.of("PATH", HOME + "/runtime/bin", "ENTREPOT_DATA", "/data"))
                .setEntrypoint(List.of("java", "@" + HOME + "/lib/image.options"))
                .setProgramArguments("serve")
                .setLabels(labels(version, revision))
                .setCreationTime(date);
    }

    /// Source: OCI image specification, "Annotations".
    private Map<String, String> labels(String version, String revision) {
        return Map.of(
                "org.opencontainers.image.title",
                "Entrepot",
                "org.opencontainers.image.description",
                "A container registry that speaks Amazon ECR",
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.revision",
                revision,
                "org.opencontainers.image.created",
                date.toString());
    }

    /// What changes least comes first.
    private List<FileEntriesLayer> layers() throws IOException {
        return List.of(
                layer("system", AbsoluteUnixPath.get("/"), "system"),
                layer("runtime", HOME.resolve("runtime"), "runtime"),
                layer("libraries", HOME.resolve("lib"), "libraries"),
                layer("entrepot", HOME.resolve("lib"), "entrepot"));
    }

    /// The files of a folder, in the order of their names.
    private FileEntriesLayer layer(String name, AbsoluteUnixPath at, String folder) throws IOException {
        var root = stage.resolve(folder);
        var layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> all = Files.walk(root)) {
            for (var path : all.sorted().toList()) {
                var relative = root.relativize(path).toString();
                if (!relative.isEmpty()) {
                    var place = at.resolve(relative);
                    layer.addEntry(path, place, permissions(path, place), NO_DATE, owner(place));
                }
            }
        }
        return layer.build();
    }

    private static FilePermissions permissions(Path path, AbsoluteUnixPath place) {
        return switch (place.toString()) {
            case "/data" -> OWN_FOLDER;
            case "/tmp" -> FOLDER_FOR_ALL;
            default ->
                FilePermissions.fromOctalString(Files.isDirectory(path) || Files.isExecutable(path) ? "755" : "644");
        };
    }

    private static String owner(AbsoluteUnixPath place) {
        return place.toString().equals("/data") ? USER : "0:0";
    }
}
