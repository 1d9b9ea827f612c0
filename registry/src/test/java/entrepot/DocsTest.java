package entrepot;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name is there: each file, class, member, flag and configuration key that README.md or a page
/// under `docs/` puts between backticks.
class DocsTest {

    private static final Path HOME = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern FILE = Pattern.compile(
            "(?:\\./)?((?:docs|scripts|acceptance|benchmarks|registry|testing|packaging|examples|build|deploy)/[\\w./-]+)");
    private static final Pattern OURS = Pattern.compile("(^|/)(entrepot|test) |scripts/|benchmarks/|acceptance/");
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]+");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w./:-])[a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)+(?![\\w./:-])");
    private static final Pattern CLASS =
            Pattern.compile("(?<![\\w.:/-])([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\\.([a-z]\\w+))?");
    private static final Pattern PACKAGED = Pattern.compile("\\b([a-z]+(?:/[a-z]+)*)/([A-Z]\\w+)");
    private static final Pattern DECISION = Pattern.compile(
            "(?s)\\A# \\d{4}: .*?\\R\\RStatus: [a-z ]+ \\d{4}-\\d\\d-\\d\\d\\R"
                    + ".*^\\*\\*Decision\\.\\*\\* .*^\\*\\*Why\\.\\*\\* .*^\\*\\*Evidence\\.\\*\\* ",
            Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// A name that a page puts between backticks.
    ///
    /// @param whole all that stands between them
    private record Named(Path page, String span, String whole) {
        @Override
        public String toString() {
            return "%s in `%s` of %s".formatted(span, whole, page);
        }
    }

    private final List<Path> files =
            filesOf("registry/src", "testing/src", "benchmarks/src", "acceptance", "scripts", "build", ".ci");
    private final Set<String> words = files.stream()
            .flatMap(file -> WORD.matcher(text(file)).results())
            .map(match -> match.group())
            .collect(toSet());

    @Test
    void files() {
        assertThat(matches(FILE, 1))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(HOME.resolve(name.span()))
                        .as(name.toString())
                        .exists());
    }

    @Test
    void links() {
        for (var page : pages()) {
            LINK.matcher(text(page))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(target -> assertThat(page.resolveSibling(target))
                            .as("%s links to it", page)
                            .exists());
        }
    }

    @Test
    void classes() {
        assertThat(matches(CLASS, 1))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(words).as(name.toString()).contains(name.span()));
        assertThat(matches(PACKAGED, 0))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(files)
                        .as(name.toString())
                        .anyMatch(file -> file.toString().endsWith("/" + name.span() + ".java")));
    }

    @Test
    void members() {
        for (var span : spans()) {
            CLASS.matcher(span.span())
                    .results()
                    .filter(match -> match.group(2) != null)
                    .forEach(match -> assertThat(textOfClass(match.group(1)))
                            .as("%s in %s", match.group(), span.page())
                            .contains(match.group(2)));
        }
    }

    /// Those of our own programs.
    @Test
    void flags() {
        var sources = files.stream().map(DocsTest::text).toList();
        assertThat(matches(FLAG, 0))
                .filteredOn(name -> OURS.matcher(name.whole()).find())
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        name -> assertThat(sources).as(name.toString()).anyMatch(text -> text.contains(name.span())));
    }

    /// Numbered without a gap, and all in one form.
    @Test
    void decisions() {
        var pages = filesOf("docs/decisions").stream().sorted().toList();

        assertThat(pages)
                .extracting(page -> page.getFileName().toString().substring(0, 4))
                .isEqualTo(IntStream.rangeClosed(1, pages.size())
                        .mapToObj("%04d"::formatted)
                        .toList());
        assertThat(pages).allSatisfy(page -> assertThat(text(page)).containsPattern(DECISION));
    }

    /// README's own table is compared with the code by ConfigTest.
    @Test
    void keys() {
        var table = text(HOME.resolve("README.md"));
        assertThat(matches(KEY, 0))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table.contains("| `" + name.span() + "` |")
                                || HOME.resolve("registry/src/test/resources")
                                        .resolve(name.span())
                                        .toFile()
                                        .exists())
                        .as(name.toString())
                        .isTrue());
    }

    private String textOfClass(String name) {
        return files.stream()
                .filter(file -> file.endsWith(name + ".java"))
                .map(DocsTest::text)
                .findFirst()
                .orElseGet(() -> String.join(" ", words));
    }

    private static List<Named> matches(Pattern pattern, int group) {
        var found = new ArrayList<Named>();
        for (var span : spans()) {
            pattern.matcher(span.span())
                    .results()
                    .forEach(match -> found.add(new Named(span.page(), match.group(group), span.whole())));
        }
        return found;
    }

    private static List<Named> spans() {
        return pages().stream()
                .flatMap(page -> SPAN.matcher(BLOCK.matcher(text(page)).replaceAll(""))
                        .results()
                        .map(match -> new Named(page, match.group(1), match.group(1))))
                .toList();
    }

    private static List<Path> pages() {
        return Stream.concat(Stream.of(HOME.resolve("README.md")), filesOf("docs").stream())
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    private static List<Path> filesOf(String... folders) {
        return Stream.of(folders)
                .map(HOME::resolve)
                .flatMap(DocsTest::filesBelow)
                .toList();
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
