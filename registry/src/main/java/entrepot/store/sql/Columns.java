package entrepot.store.sql;

import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.WrappedKeys;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How values stand in columns: times as microseconds since 1970, truths as 0 and 1, a digest as one byte for its
/// algorithm and the hash, so that digests order by bytes as they order by text.
final class Columns {

    private static final byte SHA256 = 1;
    private static final byte SHA512 = 2;

    private Columns() {}

    /// Every start comes here, and a switch over types would have the JVM make a class for it.
    @SuppressWarnings("IfChainToSwitch")
    static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setObject(index, null);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof Boolean truth) {
            statement.setInt(index, truth ? 1 : 0);
        } else if (value instanceof String text) {
            statement.setString(index, storable(text));
        } else if (value instanceof AccountId account) {
            statement.setString(index, account.value());
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Instant time) {
            statement.setLong(index, micros(time));
        } else if (value instanceof Digest digest) {
            statement.setBytes(index, encode(digest));
        } else {
            throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /// PostgreSQL has no text with U+0000; what one engine does not keep, none does.
    private static String storable(String text) {
        if (text.indexOf(0) >= 0) {
            throw new RegistryException(new EveryApiError.NotStorable());
        }
        return text;
    }

    /// Columns of one of several tables.
    static String of(String table, String columns) {
        return table + "." + columns.replace(", ", ", " + table + ".");
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
    }

    static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }

    static Digest digest(ResultSet row, int column) throws SQLException {
        return decode(row.getBytes(column));
    }

    static @Nullable WrappedKeys keys(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : WrappedKeys.parse(text);
    }

    static @Nullable String text(@Nullable WrappedKeys keys) {
        return keys == null ? null : keys.toString();
    }

    static @Nullable Digest optionalDigest(ResultSet row, int column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : decode(bytes);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static byte[] encode(Digest digest) {
        var hash = digest.hash();
        var algorithm = switch (digest.algorithm()) {
            case SHA256 -> SHA256;
            case SHA512 -> SHA512;
        };
        return ByteBuffer.allocate(1 + hash.length).put(algorithm).put(hash).array();
    }

    private static Digest decode(byte[] bytes) {
        var algorithm = switch (bytes[0]) {
            case SHA256 -> Digest.Algorithm.SHA256;
            case SHA512 -> Digest.Algorithm.SHA512;
            default -> throw new IllegalStateException("no digest begins with " + bytes[0]);
        };
        return Digest.of(algorithm, Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
