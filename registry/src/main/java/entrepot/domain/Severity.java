package entrepot.domain;

import java.util.Arrays;
import java.util.Locale;

/// How bad a finding is, the worst first. Source: ECR API, FindingSeverity.
public enum Severity {
    CRITICAL(0),
    HIGH(1),
    MEDIUM(2),
    LOW(3),
    INFORMATIONAL(4),
    UNDEFINED(5);

    private final int rank;

    Severity(int rank) {
        this.rank = rank;
    }

    /// Its place among all of them, from 0 for the worst.
    public int rank() {
        return rank;
    }

    public static Severity ofRank(int rank) {
        return Arrays.stream(values())
                .filter(severity -> severity.rank == rank)
                .findFirst()
                .orElseThrow();
    }

    /// As scanners call it, which say `Negligible` for what only informs; [#UNDEFINED] for a word that is none.
    public static Severity of(String word) {
        var name = word.toUpperCase(Locale.ROOT);
        if (name.equals("NEGLIGIBLE")) {
            return INFORMATIONAL;
        }
        return Arrays.stream(values())
                .filter(severity -> severity.name().equals(name))
                .findFirst()
                .orElse(UNDEFINED);
    }

    /// Whether it is as bad as this, or worse.
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
