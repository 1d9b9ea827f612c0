package entrepot.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/// A script of tables as Flyway knows it: `V20__signing_rules.sql` is version 20, described as "signing rules".
record Script(String name, String text) {

    /// @param folder where this program has it
    static Script read(String folder, String name) {
        try (var resource = Script.class.getResourceAsStream(folder + name)) {
            if (resource == null) {
                throw new IllegalStateException("no script " + folder + name);
            }
            return new Script(name, new String(resource.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The row of Flyway's table that says that a database went through it.
    Scripts.Row row() {
        return new Scripts.Row(version(), description(), "SQL", name, checksum(), true);
    }

    private String version() {
        return name.substring(1, name.indexOf("__"));
    }

    private String description() {
        return name.substring(name.indexOf("__") + 2, name.lastIndexOf('.')).replace('_', ' ');
    }

    /// Of its lines, whatever ends each.
    private int checksum() {
        var sum = new CRC32();
        text.lines().forEach(line -> sum.update(line.getBytes(UTF_8)));
        return (int) sum.getValue();
    }
}
