package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GlobTest {

    /// Patterns of `ab*?` against texts of `ab`, compared with the recursive definition.
    @Test
    void matches_what_the_definition_matches() {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++) {
            var pattern = any(random, "ab*?", 6);
            var text = any(random, "ab", 8);

            assertThat(Glob.of(pattern).matches(text, false))
                    .as("%s against %s", pattern, text)
                    .isEqualTo(defined(pattern, text));
        }
    }

    /// The same with longer runs, whose beginnings come again and again.
    @Test
    void matches_what_the_definition_matches_where_runs_repeat() {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++) {
            var pattern = any(random, "aab*", 10);
            var text = any(random, "aaB", 14);

            assertThat(Glob.of(pattern).matches(text, true))
                    .as("%s against %s", pattern, text)
                    .isEqualTo(defined(pattern, text.replace('B', 'b')));
        }
    }

    private static String any(Random random, String letters, int most) {
        var text = new StringBuilder();
        for (var length = random.nextInt(most + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static boolean defined(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        var rest = pattern.substring(1);
        return switch (pattern.charAt(0)) {
            case '*' -> defined(rest, text) || (!text.isEmpty() && defined(pattern, text.substring(1)));
            case '?' -> !text.isEmpty() && defined(rest, text.substring(1));
            default -> text.startsWith(pattern.substring(0, 1)) && defined(rest, text.substring(1));
        };
    }

    @Test
    void a_literal_means_itself() {
        assertThat(Glob.literal("a*?").matches("a*?", false)).isTrue();
        assertThat(Glob.literal("a*?").matches("axy", false)).isFalse();
        assertThat(Glob.literal("*").isAnything()).isFalse();
        assertThat(Glob.of("*").isAnything()).isTrue();
        assertThat(Glob.of("**").isAnything()).isFalse();
        assertThat(Glob.of("a").isAnything()).isFalse();
    }

    @Test
    void joined_parts_keep_what_they_are() {
        var joined = Glob.join(List.of(Glob.of("a*"), Glob.literal("*"), Glob.of("b")));

        assertThat(joined.matches("axx*b", false)).isTrue();
        assertThat(joined.matches("axxyb", false)).isFalse();
    }

    @Test
    void is_split_at_the_first_colons() {
        var parts = Glob.of("a:*:b:c").split(3);

        assertThat(parts).hasSize(3);
        assertThat(parts.get(0).matches("a", false)).isTrue();
        assertThat(parts.get(1).isAnything()).isTrue();
        assertThat(parts.get(2).matches("b:c", false)).isTrue();
        assertThat(Glob.of("abc").split(3)).hasSize(1);
    }

    @Test
    void case_is_ignored_where_asked() {
        assertThat(Glob.of("ÉcR:*").matches("éCr:X", true)).isTrue();
        assertThat(Glob.of("ecr:*").matches("ECR:X", false)).isFalse();
    }
}
