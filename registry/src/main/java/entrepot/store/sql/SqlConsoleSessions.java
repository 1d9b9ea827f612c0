package entrepot.store.sql;

import entrepot.store.ConsoleSessions;
import java.util.Optional;

/// Table `console_session`.
record SqlConsoleSessions(Sql sql) implements ConsoleSessions {

    @Override
    public void begin(byte[] hash, Session session, int most) {
        sql.update("delete from console_session where ends_at <= ?", session.createdAt());
        sql.update(
                "delete from console_session where hash in (select hash from console_session where key_id = ?"
                        + " order by created_at desc, hash limit 1000000 offset ?)",
                session.keyId(),
                most - 1);
        sql.update(
                "insert into console_session (hash, key_id, created_at, ends_at) values (?, ?, ?, ?)",
                hash,
                session.keyId(),
                session.createdAt(),
                session.endsAt());
    }

    @Override
    public Optional<Session> find(byte[] hash) {
        return sql.one(
                "select key_id, created_at, ends_at from console_session where hash = ?",
                row -> new Session(row.getString(1), Columns.instant(row, 2), Columns.instant(row, 3)),
                hash);
    }

    @Override
    public void end(byte[] hash) {
        sql.update("delete from console_session where hash = ?", hash);
    }
}
