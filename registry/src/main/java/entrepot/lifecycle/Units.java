package entrepot.lifecycle;

import entrepot.lifecycle.LifecycleOutcome.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;

/// Puts what is to be done into an order in which it can be done: an image with those that are about it, and lists
/// before what they name. What cannot come one after the other is one unit.
final class Units {

    private final Set<Case> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private Units() {}

    /// @param acted the oldest first
    static List<Unit> of(List<Case> acted) {
        var units = new Units();
        var all = new ArrayList<Unit>();
        for (var isNamed : List.of(false, true)) {
            acted.stream()
                    .filter(each -> each.parents.isEmpty() != isNamed)
                    .map(units::unit)
                    .filter(unit -> !unit.verdicts().isEmpty())
                    .forEach(all::add);
        }
        return all;
    }

    private Unit unit(Case first) {
        if (first.isByItself()) {
            return alone(first);
        }
        var members = new LinkedHashSet<Case>();
        collect(root(first), members);
        return new Unit(ordered(members));
    }

    /// Most are.
    private static Unit alone(Case each) {
        return new Unit(Stream.ofNullable(each.verdict).toList());
    }

    /// The image that it follows, over any number of others.
    private static Case root(Case each) {
        var root = each;
        while (root.subject != null) {
            root = root.subject;
        }
        return root;
    }

    /// With what must go before it or together with it, and has not yet. Images may name one another in a long row, so
    /// there is no recursion.
    private void collect(Case root, SequencedSet<Case> members) {
        var open = new ArrayList<Case>(List.of(root));
        while (!open.isEmpty()) {
            var each = open.removeLast();
            if (each.verdict != null && visited.add(each)) {
                members.add(each);
                open.addAll(each.referrers);
                each.parents.stream()
                        .filter(parent -> parent.verdict != null)
                        .forEach(parent -> open.add(root(parent)));
            }
        }
    }

    private static List<Verdict> ordered(SequencedSet<Case> members) {
        var verdicts = new LinkedHashSet<Case>();
        var open = new ArrayList<Case>(members.reversed());
        while (!open.isEmpty()) {
            var each = open.getLast();
            var before = each.parents.stream()
                    .filter(parent -> members.contains(parent) && !verdicts.contains(parent))
                    .toList();
            if (before.isEmpty()) {
                verdicts.add(open.removeLast());
            } else {
                open.addAll(before);
            }
        }
        return verdicts.stream()
                .flatMap(each -> Stream.ofNullable(each.verdict))
                .toList();
    }
}
