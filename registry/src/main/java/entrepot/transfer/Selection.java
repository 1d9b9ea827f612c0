package entrepot.transfer;

import entrepot.transfer.SourceRepository.Root;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which images are imported. A pattern is of repositories (`team/*`), or of tags in them (`team/*:v1.*`); `*` is any
/// text, also with a `/` in it. A pattern with a tag in it never matches what has none.
///
/// @param include of which one must match, if there are any
/// @param exclude of which none may match
public record Selection(List<Pattern> include, List<Pattern> exclude) {

    public static final Selection ALL = of(List.of(), List.of());

    public static Selection of(List<String> include, List<String> exclude) {
        return new Selection(patterns(include), patterns(exclude));
    }

    private static List<Pattern> patterns(List<String> texts) {
        return texts.stream().map(Selection::pattern).toList();
    }

    private static Pattern pattern(String text) {
        var literals = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(text.contains(":") ? literals : literals + "(?:[:@].*)?");
    }

    boolean takes(String repository, Root root) {
        var named = repository + root;
        return (include.isEmpty() || matches(include, named)) && !matches(exclude, named);
    }

    private static boolean matches(List<Pattern> patterns, String named) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(named).matches());
    }
}
