package entrepot.store.sql;

import entrepot.domain.Repository;
import entrepot.store.sql.Sql.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Questions of which none needs another's answer: they are asked together. An answer is there after [#ask].
final class Questions {

    private final Sql sql;
    private final List<Question<?>> waiting = new ArrayList<>();
    private int answered;

    Questions(Sql sql) {
        this.sql = sql;
    }

    /// One of them, and its rows as they come.
    record Question<T>(String text, List<?> keys, List<@Nullable Object> values, Reader<T> reader, List<T> rows) {
        void answer(ResultSet result) throws SQLException {
            rows.addAll(Sql.read(result, reader));
        }
    }

    /// The end of one whose row nobody may change until the transaction ends, where it may write.
    String held() {
        return sql.mayWrite() ? sql.engine().shared() : "";
    }

    /// Waits in line for it, where it is to be held.
    void queue(Repository repository) {
        if (sql.mayWrite()) {
            sql.engine().queue(this::run, repository.registry(), repository.name());
        }
    }

    <T> List<T> list(String text, Reader<T> reader, @Nullable Object... values) {
        var rows = new ArrayList<T>();
        add(new Question<>(text, List.of(), Arrays.asList(values), reader, rows));
        return rows;
    }

    <T> List<T> listIn(String text, Reader<T> reader, Collection<?> keys, @Nullable Object... values) {
        var rows = new ArrayList<T>();
        Sql.lots(keys).forEach(lot -> add(new Question<>(text, lot, Arrays.asList(values), reader, rows)));
        return rows;
    }

    /// One whose answer nobody needs.
    void run(String text, Object... values) {
        list(text, row -> true, values);
    }

    private <T> void add(Question<T> question) {
        if (sql.engine().hasOneWriter()) {
            answered++;
            question.rows()
                    .addAll(sql.list(
                            question.text(),
                            question.reader(),
                            question.keys(),
                            question.values().toArray()));
        } else {
            waiting.add(question);
        }
    }

    void ask() {
        sql.countTogether(answered);
        answered = 0;
        sql.ask(waiting);
        waiting.clear();
    }
}
