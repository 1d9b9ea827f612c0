package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is read by loops is of the grammar that messages quote: texts of few characters, of which each meets each,
/// some good and most not.
class GrammarsTest {

    private static final int TEXTS = 200_000;

    private final Random random = new Random(7);

    @Test
    void a_repositorys_name() {
        compare("a0-_./Ab", 9, RepositoryName::isName, "(?=.{2,256}$)" + RepositoryName.GRAMMAR);
        assertThat(RepositoryName.isName("a".repeat(256))).isTrue();
        assertThat(RepositoryName.isName("a".repeat(257))).isFalse();
        assertThat(RepositoryName.isName("a" + "-".repeat(254) + "b")).isTrue();
    }

    @Test
    void a_tag() {
        compare("aZ0_.-:/é\n", 4, Tag::isTag, Tag.GRAMMAR);
        assertThat(Tag.isTag("a".repeat(128))).isTrue();
        assertThat(Tag.isTag("a".repeat(129))).isFalse();
    }

    @Test
    void an_account() {
        compare("0123456789", 13, AccountId::isId, "[0-9]{12}");
        compare("09/:a\n٣", 13, AccountId::isId, "[0-9]{12}");
    }

    private void compare(String characters, int longest, Predicate<String> loop, String grammar) {
        var pattern = Pattern.compile(grammar);
        for (var i = 0; i < TEXTS; i++) {
            var text = text(characters, longest);
            assertThat(loop.test(text)).as(text).isEqualTo(pattern.matcher(text).matches());
        }
    }

    private String text(String characters, int longest) {
        var text = new StringBuilder();
        for (var left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
