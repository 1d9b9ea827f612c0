package entrepot.scanner;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.ImageScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The file that a scanner keeps what it knows in. Another one calls itself otherwise in a file beside; where
/// there is none, it has another time or length, which copies of one file on several nodes may have, too.
final class DatabaseFile {

    private static final int LONGEST = 64 << 10;
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private DatabaseFile() {}

    /// @param about a JSON object beside it
    /// @param member of that, which tells this one from others
    static ImageScan.Source source(String scanner, Path file, Path about, String member) throws IOException {
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            var told = told(about, member);
            var name = told.isEmpty() ? "%s %d".formatted(written, Files.size(file)) : told;
            return new ImageScan.Source(scanner + " " + name, time(told, written));
        } catch (NoSuchFileException e) {
            throw new ScanFailedException("There is no vulnerability database");
        }
    }

    /// Empty for nothing.
    private static String told(Path about, String member) throws IOException {
        try (var bytes = Files.newInputStream(about)) {
            var text = new String(bytes.readNBytes(LONGEST), UTF_8);
            var told = JsonMapper.shared().readTree(text).path(member).asString("");
            return WORD.matcher(told).matches() ? told : "";
        } catch (NoSuchFileException | JacksonException e) {
            return "";
        }
    }

    private static Instant time(String told, Instant usual) {
        try {
            return Instant.parse(told);
        } catch (DateTimeException e) {
            return usual;
        }
    }
}
