package entrepot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.TagMutability.Filter;
import entrepot.domain.TagMutability.Mode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TagMutabilityTest {

    @ParameterizedTest(name = "{0} {1}: tag {2} may move: {3}")
    @CsvSource({
        "MUTABLE, , latest, true",
        "IMMUTABLE, , latest, false",
        "IMMUTABLE_WITH_EXCLUSION, latest, latest, true",
        "IMMUTABLE_WITH_EXCLUSION, latest, v1, false",
        "MUTABLE_WITH_EXCLUSION, v*, v1, false",
        "MUTABLE_WITH_EXCLUSION, v*, latest, true",
        "MUTABLE_WITH_EXCLUSION, a b, b, false",
        "MUTABLE_WITH_EXCLUSION, a b, c, true",
    })
    void the_mode_and_its_exclusions_decide(Mode mode, String filters, String tag, boolean moves) {
        var exclusions = filters == null
                ? List.<Filter>of()
                : Stream.of(filters.split(" ")).map(Filter::new).toList();

        assertThat(new TagMutability(mode, exclusions).allowsMoving(new Tag(tag)))
                .isEqualTo(moves);
    }

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "v1, v1, true",
        "v1, v10, false",
        "v1, av1, false",
        "*, anything, true",
        "dev-*, dev-, true",
        "dev-*, dev-1, true",
        "dev-*, adev-1, false",
        "*-rc, 1-rc, true",
        "*-rc, 1-rc2, false",
        "v*.beta, v1.beta, true",
        "v*.beta, v.beta, true",
        "v*.beta, v1xbeta, false",
        "a*a, a, false",
        "a*a, aa, true",
        "*a*, bab, true",
        "*a*, bbb, false",
        "a*b*c, a-b-c, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "ab*ba, aba, false",
        "**, x, true",
        "**b, ab, true",
        "A*, a1, false",
    })
    void a_filter_matches_whole_tags(String pattern, String tag, boolean matches) {
        assertThat(new Filter(pattern).matches(new Tag(tag))).isEqualTo(matches);
    }

    @Test
    void a_third_wildcard_is_refused() {
        assertThat(new Filter("*a*").pattern()).isEqualTo("*a*");
        assertThatThrownBy(() -> new Filter("*a*b*"))
                .hasMessageStartingWith("Invalid parameter at 'imageTagMutabilityExclusionFilters'");
    }

    @ParameterizedTest
    @EnumSource(names = {"IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"})
    void a_mode_with_exclusions_wants_some(Mode mode) {
        assertThatThrownBy(() -> new TagMutability(mode, List.of()))
                .hasMessage("Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint:"
                        + " 'ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as "
                        + mode + "'");
    }

    @ParameterizedTest
    @EnumSource(names = {"IMMUTABLE", "MUTABLE"})
    void a_mode_without_exclusions_wants_none(Mode mode) {
        assertThatThrownBy(() -> new TagMutability(mode, List.of(new Filter("v*"))))
                .hasMessageContaining("should be null when imageTagMutability is set as " + mode);
    }
}
