package entrepot.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a CycloneDX document says that an image is made of, as far as a scan must know.
///
/// @param system null where none was recognised
/// @param packages how many there are
public record Components(@Nullable OperatingSystem system, int packages) {

    /// An operating system, as its `os-release` has it.
    public record OperatingSystem(String name, String version) {
        @Override
        public String toString() {
            return (name + " " + version).strip();
        }
    }

    public static Components read(Path document) throws IOException {
        var counting = new Counting();
        new JsonReport(document).each(List.of("components"), "bomFormat", counting::add);
        return new Components(counting.system, counting.packages);
    }

    private static final class Counting {
        private @Nullable OperatingSystem system;
        private int packages;

        void add(BoundedTree component) {
            switch (component.get("type").text()) {
                case "operating-system" ->
                    system = new OperatingSystem(
                            component.get("name").text(),
                            component.get("version").text());
                case "library", "application" -> packages++;
                default -> {}
            }
        }
    }
}
