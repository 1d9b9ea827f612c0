package entrepot.auth.policy;

import java.util.List;

/// The actions or resources of a statement.
///
/// @param others whether all but these are meant: `NotAction`, `NotResource`
/// @param ignoringCase as the names of actions are compared
record Selection(List<Template> values, boolean others, boolean ignoringCase) {

    static final Selection ALL = new Selection(List.of(Template.glob("*", false)), false, false);

    Selection {
        values = List.copyOf(values);
    }

    boolean selects(String text, ConditionKeys keys) {
        return others != values.stream().anyMatch(value -> value.matches(text, ignoringCase, keys));
    }
}
