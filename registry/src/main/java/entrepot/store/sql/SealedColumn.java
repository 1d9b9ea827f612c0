package entrepot.store.sql;

import entrepot.store.MoveSource.Row;
import entrepot.store.seal.SecretBox;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column whose values are sealed under the server's key, which every registry has one of.
///
/// @param isText whether they are kept in Base64
/// @param name what the value of a row is sealed as
record SealedColumn(String column, boolean isText, Function<Row, String> name) {

    /// With its value as it was before it was sealed.
    Row opened(Row row, SecretBox box) {
        var value = row.value(column);
        var sealed = isText ? Base64.getDecoder().decode(String.valueOf(value)) : bytes(value);
        return row.with(column, box.open(name.apply(row), sealed));
    }

    /// With its value as it is kept.
    Row sealed(Row row, SecretBox box) {
        var sealed = box.seal(name.apply(row), bytes(row.value(column)));
        return row.with(column, isText ? Base64.getEncoder().encodeToString(sealed) : sealed);
    }

    private static byte[] bytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("a secret is no bytes");
    }
}
