package entrepot.store.sql;

import entrepot.store.Garbage.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One question of each of many rows, all asked together.
record Each<R>(Sql sql, Collection<R> rows) {

    /// Those with an answer.
    List<R> found(String text, Function<R, List<Object>> values) {
        var questions = new Questions(sql);
        var answers = new LinkedHashMap<R, List<Boolean>>();
        rows.forEach(row -> answers.computeIfAbsent(
                row, _ -> questions.list(text, _ -> true, values.apply(row).toArray())));
        questions.ask();
        return answers.entrySet().stream()
                .filter(answer -> !answer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Locks what the text finds, waiting for nobody.
    Held<R> hold(String text, Function<R, List<Object>> values) {
        var held = found(text + sql.engine().free(), values);
        var others = new ArrayList<>(rows);
        others.removeAll(held);
        if (others.isEmpty()) {
            return new Held<>(held, List.of());
        }
        var gone = new ArrayList<>(others);
        gone.removeAll(new Each<>(sql, others).found(text, values));
        return new Held<>(held, gone);
    }
}
