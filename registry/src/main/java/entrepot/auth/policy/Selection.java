package entrepot.auth.policy;

import entrepot.domain.Arn;
import java.util.List;

/// The actions or resources of a statement.
///
/// @param others whether all but these are meant: `NotAction`, `NotResource`
/// @param ignoringCase as the names of actions are compared
/// @param byAnyName whether a value selects also who is called so in another partition, see [Effect#seesThroughAliases]
record Selection(List<Template> values, boolean others, boolean ignoringCase, boolean byAnyName) {

    static final Selection ALL = new Selection(List.of(Template.glob("*", false)), false, false, false);

    static final Selection NONE = new Selection(List.of(), false, false, false);

    Selection {
        values = List.copyOf(values);
    }

    boolean selects(String text, ConditionKeys keys) {
        return others != matches(text, keys);
    }

    private boolean matches(String text, ConditionKeys keys) {
        return byAnyName
                ? new Arn(text).aliases().stream().anyMatch(alias -> matchesExactly(alias.value(), keys))
                : matchesExactly(text, keys);
    }

    private boolean matchesExactly(String text, ConditionKeys keys) {
        return values.stream().anyMatch(value -> value.matches(text, ignoringCase, keys));
    }
}
