package entrepot.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.RegistryException;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts in single quotes are in double ones where they are JSON.
class LifecyclePolicyTest {

    private static final String NO_ALTERNATIVE = "instance failed to match exactly one schema (matched 0 out of 2)";
    private static final String GOOD =
            rule(1, "'tagStatus':'any','countType':'imageCountMoreThan','countNumber':1", "'type':'expire'");

    private static String rule(int priority, String selection, String action) {
        return "{'rulePriority':%d,'description':'d','selection':{%s},'action':{%s}}"
                .formatted(priority, selection, action);
    }

    private static String policy(String... rules) {
        return "{'rules':[%s]}".formatted(String.join(",", rules));
    }

    private static void assertTaken(String text) {
        assertThatCode(() -> LifecyclePolicy.parse(text.replace('\'', '"'))).doesNotThrowAnyException();
    }

    private static void assertRefused(String text, String... faults) {
        assertThatThrownBy(() -> LifecyclePolicy.parse(text.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.error().type()).isEqualTo("InvalidParameterException"))
                .hasMessage("Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint:"
                        + " 'Lifecycle policy validation failure: "
                        + String.join("\n", faults).replace('\'', '"')
                        + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no policy",
                "{'rules':[]",
                "{'rules':[]} {}",
                "null",
                "{'rules':[],'rules':[]}",
                "{'rules':[{'rulePriority':1,'rulePriority':2}]}",
                "{'rules':[{'rulePriority':01}]}",
                "{'rules':[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}",
                "{'rules':NaN}"
            })
    void what_is_not_json_is_no_policy(String text) {
        assertRefused(text, "Could not map policyString into LifecyclePolicy.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                          | instance type (array) does not match any allowed primitive type (allowed: ['object'])
            'text'                      | instance type (string) does not match any allowed primitive type (allowed: ['object'])
            1.5                         | instance type (number) does not match any allowed primitive type (allowed: ['object'])
            {}                          | object has missing required properties (['rules'])
            {'rules':null}              | instance type (null) does not match any allowed primitive type (allowed: ['array'])
            {'rules':{}}                | instance type (object) does not match any allowed primitive type (allowed: ['array'])
            {'rules':[]}                | array is too short: must have at least 1 elements but instance has 0 elements
            {'rules':[null]}            | instance type (null) does not match any allowed primitive type (allowed: ['object'])
            {'rules':[1]}               | instance type (integer) does not match any allowed primitive type (allowed: ['object'])
            {'rules':[{}]}              | object has missing required properties (['action','rulePriority','selection'])
            """)
    void what_has_no_rules_is_no_policy(String text, String fault) {
        assertRefused(text, fault);
    }

    @Test
    void each_fault_is_a_line() {
        assertRefused(
                "{'x':1,'rules':[{'selection':null,'action':{'type':true},'y':1}]}",
                "object instance has properties which are not allowed by the schema: (['x'])",
                "object has missing required properties (['rulePriority'])",
                "object instance has properties which are not allowed by the schema: (['y'])",
                "instance type (null) does not match any allowed primitive type (allowed: ['object'])",
                "instance type (boolean) does not match any allowed primitive type (allowed: ['string'])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null        | instance type (null) does not match any allowed primitive type (allowed: ['integer'])
            '1'         | instance type (string) does not match any allowed primitive type (allowed: ['integer'])
            1.0         | instance type (number) does not match any allowed primitive type (allowed: ['integer'])
            0           | numeric instance is lower than the required minimum (minimum: 1, found: 0)
            -9          | numeric instance is lower than the required minimum (minimum: 1, found: -9)
            1           |
            2147483647  |
            2147483648  | numeric instance is greater than the required maximum (maximum: 2147483647, found: 2147483648)
            99999999999999999999 | numeric instance is greater than the required maximum (maximum: 2147483647, found: 99999999999999999999)
            """)
    void numbers_are_whole_and_from_one_on(String number, String fault) {
        var priority = policy(GOOD.replace("'rulePriority':1", "'rulePriority':" + number));
        var count = policy(GOOD.replace("'countNumber':1", "'countNumber':" + number));
        if (fault == null) {
            assertTaken(priority);
            assertTaken(count);
        } else {
            assertRefused(priority, fault);
            assertRefused(count, fault);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'tagStatus':'any'     | 'tagStatus':'all'     | instance value ('all') not found in enum (possible values: ['tagged','untagged','any'])
            'tagStatus':'any'     | 'tagStatus':'ANY'     | instance value ('ANY') not found in enum (possible values: ['tagged','untagged','any'])
            'tagStatus':'any'     | 'tagStatus':null      | instance type (null) does not match any allowed primitive type (allowed: ['string'])
            'tagStatus':'any',    | ''                    | object has missing required properties (['tagStatus'])
            'tagStatus':'any',    | 'tagStatus':'any','x':1, | object instance has properties which are not allowed by the schema: (['x'])
            'type':'expire'       | 'type':'delete'       | instance value ('delete') not found in enum (possible values: ['expire','transition'])
            'type':'expire'       | 'type':null           | instance type (null) does not match any allowed primitive type (allowed: ['string'])
            'type':'expire'       | ''                    | object has missing required properties (['type'])
            'type':'expire'       | 'type':'expire','x':1 | object instance has properties which are not allowed by the schema: (['x'])
            'type':'expire'       | 'type':'transition','targetStorageClass':'glacier' | instance value ('glacier') not found in enum (possible values: ['archive'])
            'description':'d'     | 'description':null    | instance type (null) does not match any allowed primitive type (allowed: ['string'])
            'description':'d'     | 'description':[]      | instance type (array) does not match any allowed primitive type (allowed: ['string'])
            'tagStatus':'any'     | 'tagStatus':'any','storageClass':'cold' | instance value ('cold') not found in enum (possible values: ['standard','archive'])
            'tagStatus':'any'     | 'tagStatus':'any','storageClass':null   | instance type (null) does not match any allowed primitive type (allowed: ['string'])
            'tagStatus':'any'     | 'tagStatus':'any','countUnit':'weeks'   | instance value ('weeks') not found in enum (possible values: ['days'])
            'tagStatus':'any'     | 'tagStatus':'any','countUnit':1         | instance type (integer) does not match any allowed primitive type (allowed: ['string'])
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPrefixList':null | instance type (null) does not match any allowed primitive type (allowed: ['array'])
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPrefixList':'a'  | instance type (string) does not match any allowed primitive type (allowed: ['array'])
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPatternList':[null] | instance type (null) does not match any allowed primitive type (allowed: ['string'])
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPatternList':[]  | array is too short: must have at least 1 elements but instance has 0 elements
            'tagStatus':'any'     | 'tagStatus':'any','tagPrefixList':[]      | array is too short: must have at least 1 elements but instance has 0 elements
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPrefixList':[''] | string '' is too short (length: 0, required minimum: 1)
            'tagStatus':'any'     | 'tagStatus':'tagged'  | Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPrefixList':['a'],'tagPatternList':['a'] | Must specify only one of tagPrefixList and tagPatternList when tagStatus=TAGGED.
            'tagStatus':'any'     | 'tagStatus':'any','tagPrefixList':['a'] | tagPrefixList and tagPatternList can only be specified when tagStatus=TAGGED.
            'tagStatus':'any'     | 'tagStatus':'untagged','tagPatternList':['a'] | tagPrefixList and tagPatternList can only be specified when tagStatus=TAGGED.
            'tagStatus':'any'     | 'tagStatus':'tagged','tagPatternList':['a','*a*b*c*d*'] | Tag pattern *a*b*c*d* has more than the maximum of 4 wildcards (*).
            """)
    void what_is_wrong_with_a_member_is_named(String good, String bad, String fault) {
        assertRefused(policy(GOOD.replace(good, bad.equals("''") ? "" : bad)).replace("{,", "{"), fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'countType':'imageCountMoreThan'                                              | 'type':'expire'  | yes
            'countType':'imageCountMoreThan','countUnit':'days'                           | 'type':'expire'  | no
            'countType':'imageCountMoreThan','countUnit':null                             | 'type':'expire'  | no
            'countType':null                                                              | 'type':'expire'  | no
            'countType':'sinceImageBuilt'                                                 | 'type':'expire'  | no
            'countType':'sinceImagePushed'                                                | 'type':'expire'  | no
            'countType':'sinceImagePushed','countUnit':'days'                             | 'type':'expire'  | yes
            'countType':'sinceImagePulled','countUnit':'days'                             | 'type':'expire'  | no
            'countType':'sinceImageTransitioned','countUnit':'days'                       | 'type':'expire'  | no
            'countType':'sinceImagePushed','countUnit':'days','storageClass':'standard'   | 'type':'expire'  | no
            'countType':'sinceImagePushed','countUnit':'days','storageClass':'archive'    | 'type':'expire'  | no
            'countType':'imageCountMoreThan','storageClass':'archive'                     | 'type':'expire'  | no
            'countType':'imageCountMoreThan'                                              | 'type':'expire','targetStorageClass':'archive' | no
            'countType':'imageCountMoreThan'                                              | 'type':'expire','targetStorageClass':null      | no
            'countType':'imageCountMoreThan'                                              | 'type':'transition'                            | no
            'countType':'imageCountMoreThan'                                              | 'type':'transition','targetStorageClass':'archive' | yes
            'countType':'imageCountMoreThan','storageClass':'standard'                    | 'type':'transition','targetStorageClass':'archive' | yes
            'countType':'imageCountMoreThan','storageClass':'archive'                     | 'type':'transition','targetStorageClass':'archive' | no
            'countType':'sinceImagePushed','countUnit':'days'                             | 'type':'transition','targetStorageClass':'archive' | yes
            'countType':'sinceImagePulled','countUnit':'days'                             | 'type':'transition','targetStorageClass':'archive' | yes
            'countType':'sinceImagePulled'                                                | 'type':'transition','targetStorageClass':'archive' | no
            'countType':'sinceImageTransitioned','countUnit':'days','storageClass':'archive' | 'type':'transition','targetStorageClass':'archive' | no
            """)
    void only_some_members_go_together(String count, String action, String isTaken) {
        var text = policy(rule(1, "'tagStatus':'any','countNumber':90," + count, action));
        if (isTaken.equals("yes")) {
            assertTaken(text);
        } else {
            assertRefused(text, NO_ALTERNATIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, yes", "91, yes", "89, no", "1, no"})
    void an_archived_image_stays_for_ninety_days(int days, String isTaken) {
        var text = policy(rule(
                1,
                "'tagStatus':'any','storageClass':'archive','countType':'sinceImageTransitioned','countUnit':'days','countNumber':"
                        + days,
                "'type':'expire'"));
        if (isTaken.equals("yes")) {
            assertTaken(text);
        } else {
            assertRefused(
                    text,
                    "numeric instance is lower than the required minimum (minimum: 90, found: %d)".formatted(days));
        }
    }

    private static String counted(int priority, String tags) {
        return rule(priority, tags + ",'countType':'imageCountMoreThan','countNumber':1", "'type':'expire'");
    }

    private static String archived(int priority, String tags) {
        return rule(
                priority,
                tags
                        + ",'storageClass':'archive','countType':'sinceImageTransitioned','countUnit':'days','countNumber':90",
                "'type':'expire'");
    }

    private static final String ANY = "'tagStatus':'any'";
    private static final String UNTAGGED = "'tagStatus':'untagged'";

    private static String patterns(String... patterns) {
        return "'tagStatus':'tagged','tagPatternList':['%s']".formatted(String.join("','", patterns));
    }

    @Test
    void priorities_differ() {
        assertRefused(policy(counted(7, patterns("a")), counted(7, ANY)), "Only one rule can have the rulePriority 7.");
        assertTaken(policy(counted(9, ANY), counted(3, patterns("a"))));
    }

    @Test
    void one_rule_of_a_class_selects_untagged_images() {
        var fault = "Only one rule can select Untagged images per storage class.";

        assertRefused(policy(counted(1, UNTAGGED), counted(2, UNTAGGED)), fault);
        assertTaken(policy(counted(1, UNTAGGED), archived(2, UNTAGGED)));
    }

    @Test
    void the_rule_for_any_image_is_the_last_of_its_class() {
        var fault = "Rule for tagStatus=ANY must have the lowest priority per storage class";

        assertRefused(policy(counted(1, ANY), counted(2, UNTAGGED)), fault);
        assertRefused(policy(counted(2, UNTAGGED), counted(1, ANY)), fault);
        assertRefused(policy(counted(1, ANY), counted(2, ANY)), fault);
        assertTaken(policy(counted(1, ANY), archived(2, UNTAGGED), archived(3, ANY)));
    }

    @Test
    void the_same_tags_are_selected_once_in_a_class() {
        assertRefused(
                policy(counted(1, patterns("a", "b")), counted(2, patterns("b", "a"))),
                "Only one rule can select the tags ['a','b'] per storage class.");
        assertTaken(policy(counted(1, patterns("a", "b")), counted(2, patterns("a"))));
        assertTaken(policy(counted(1, patterns("a")), archived(2, patterns("a"))));
        assertTaken(policy(counted(1, patterns("a")), counted(2, "'tagStatus':'tagged','tagPrefixList':['a']")));
    }

    @Test
    void there_are_fifty_rules_at_most() {
        assertTaken(policy(rules(50)));
        assertRefused(
                policy(rules(51)), "array is too long: must have at most 50 elements but instance has 51 elements");
    }

    private static String rules(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> counted(i, patterns("v" + i)))
                .collect(Collectors.joining(","));
    }

    @Test
    void a_pattern_has_four_stars_at_most() {
        assertTaken(policy(counted(1, patterns("*test*1*2*3", "test*1*2*3*"))));
        assertRefused(
                policy(counted(1, patterns("test*1*2*3*4*5*6"))),
                "Tag pattern test*1*2*3*4*5*6 has more than the maximum of 4 wildcards (*).");
    }

    @Test
    void a_text_full_of_faults_is_answered_with_a_line_for_each() {
        assertRefused(
                policy(String.join(",", Collections.nCopies(50, "null"))),
                Collections.nCopies(
                                50,
                                "instance type (null) does not match any allowed primitive type (allowed: ['object'])")
                        .toArray(String[]::new));
    }
}
