package entrepot.store.sql;

import entrepot.store.Leases;
import java.time.Duration;
import java.util.Optional;

/// Table `job_lease`, by the database's clock: those of nodes differ.
public record SqlLeases(Sql sql) implements Leases {

    private static final String NOW = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

    @Override
    public Optional<Lease> take(String name, String holder, Duration duration) {
        return sql.returning(
                "insert into job_lease as l (name, number, holder, until) values (?, 1, ?, " + NOW + " + ?)"
                        + " on conflict (name) do update set number = l.number + 1, holder = excluded.holder,"
                        + " until = excluded.until where l.holder = excluded.holder or l.until <= " + NOW
                        + " returning number",
                row -> new Lease(name, row.getLong(1), holder),
                name,
                holder,
                micros(duration));
    }

    @Override
    public boolean isTaken(String name) {
        return sql.one("select 1 from job_lease where name = ? and until > " + NOW, row -> row.getInt(1), name)
                .isPresent();
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        return sql.update(
                        "update job_lease set until = " + NOW + " + ? where name = ? and number = ? and holder = ?",
                        micros(duration),
                        lease.name(),
                        lease.number(),
                        lease.holder())
                > 0;
    }

    @Override
    public Optional<String> holder(String name) {
        return sql.one("select holder from job_lease where name = ?", row -> row.getString(1), name);
    }

    @Override
    public void end(Lease lease) {
        sql.update(
                "delete from job_lease where name = ? and number = ? and holder = ?",
                lease.name(),
                lease.number(),
                lease.holder());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
