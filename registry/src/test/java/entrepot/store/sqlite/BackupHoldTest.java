package entrepot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.sql.Sql;
import entrepot.store.sql.SqlBackupHold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupHoldTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<Sql> opened = new ArrayList<>();

    private Sql open() {
        var sql = Sqlite.connectBeside(folder.resolve("metadata.db"));
        opened.add(sql);
        return sql;
    }

    private long held(Sql sql) {
        return sql.one("select count(*) from backup_hold", row -> row.getLong(1))
                .orElseThrow();
    }

    @Test
    void a_connection_that_broke_is_opened_anew_and_holds_the_same() {
        try (var _ = SqliteMetadataStore.open(folder.resolve("metadata.db"));
                var other = Sqlite.connectBeside(folder.resolve("metadata.db"))) {
            var hold = new SqlBackupHold(this::open);
            hold.renew(MINUTE);
            opened.getFirst().close();

            hold.renew(MINUTE);

            assertThat(opened).hasSize(2);
            assertThat(held(other)).isEqualTo(1);
            opened.getLast().close();
            hold.renew(MINUTE);
            hold.close();
            assertThat(held(other)).isZero();
        }
    }
}
