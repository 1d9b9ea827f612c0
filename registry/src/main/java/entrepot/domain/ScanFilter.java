package entrepot.domain;

/// Which repositories a rule of scanning is for. Without a `*` it is for names that have its text anywhere; with one it
/// is for whole names, in which `*` stands for any number of characters. Source: ECR user guide, "Filters to choose
/// which
/// repositories are scanned".
public record ScanFilter(String text) {

    public boolean matches(RepositoryName name) {
        return text.indexOf('*') < 0
                ? name.toString().contains(text)
                : TagPattern.of(text).matches(name.toString());
    }
}
