package entrepot.config;

import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerRules;
import entrepot.domain.ScannerRules.Engine;
import entrepot.domain.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The keys of what looks for vulnerabilities.
final class Scanner {

    private static final int MOST_TOGETHER = 64;
    private static final long LEAST_MEMORY = 64L << 20;
    private static final Pattern BYTES = Pattern.compile("([1-9][0-9]{0,9})(MiB|GiB)?");

    private Scanner() {}

    static ScannerRules read(Sources sources, ScannerRules usual) {
        var rules = new ScannerRules(
                sources.value("scanner.type", usual.engine(), Scanner::engine),
                sources.value("scanner.command", usual.command(), Path::of),
                sources.value("scanner.database", usual.database(), ScannerDatabase::parse),
                sources.value("scanner.timeout", usual.timeout(), Durations::parse),
                sources.number("scanner.concurrency", usual.concurrency(), 1, MOST_TOGETHER),
                sources.value("scanner.memory", usual.memory(), Scanner::bytes),
                sources.flag("scanner.sbom", usual.sbom()),
                sources.optional("scanner.block-pull", Scanner::severity).orElse(null));
        return complete(rules);
    }

    private static ScannerRules complete(ScannerRules rules) {
        if (rules.isThere() && rules.command().toString().isEmpty()) {
            throw new ConfigException("scanner.type needs scanner.command");
        }
        if (rules.isThere() && rules.database().equals(ScannerRules.NONE.database())) {
            throw new ConfigException("scanner.type needs scanner.database");
        }
        return rules;
    }

    private static Engine engine(String text) {
        return Arrays.stream(Engine.values())
                .filter(engine -> engine.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be none, trivy or grype"));
    }

    private static long bytes(String text) {
        var form = BYTES.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("must be a number of bytes such as 512MiB or 1GiB");
        }
        long number = Long.parseLong(form.group(1));
        long bytes = form.group(2) == null ? number : number << (form.group(2).equals("MiB") ? 20 : 30);
        if (bytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("must be at least 64MiB");
        }
        return bytes;
    }

    private static Severity severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(Severity.values()).map(Severity::name).collect(Collectors.joining(", "))));
    }
}
