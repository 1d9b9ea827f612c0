package entrepot.check;

import entrepot.check.Repair.Finding;
import entrepot.domain.BlobKey;
import entrepot.store.Garbage.Amount;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a check says to the server that marks for it, as texts.
public final class RepairText {

    private static final int MEMBERS = 6;

    private RepairText() {}

    public static String of(Lease turn) {
        return String.join(" ", turn.name(), Long.toString(turn.number()), turn.holder());
    }

    /// Fails with IllegalArgumentException for a text that is none.
    public static Lease turn(String text) {
        var members = text.split(" ", -1);
        if (members.length != 3) {
            throw new IllegalArgumentException("not a turn: " + text);
        }
        return new Lease(members[0], Long.parseLong(members[1]), members[2]);
    }

    /// Of one that is not at the end, or is.
    public static String of(Walk walk) {
        return String.join(
                " ",
                walk.name(),
                walk.began().toString(),
                Optional.ofNullable(walk.ended()).map(Instant::toString).orElse("-"),
                walk.afterBlob() + "," + walk.afterRepository(),
                Long.toString(walk.looked().blobs()),
                Long.toString(walk.looked().bytes()));
    }

    /// Fails with IllegalArgumentException for a text that is none.
    public static Walk walk(String text) {
        var members = text.split(" ", -1);
        if (members.length != MEMBERS) {
            throw new IllegalArgumentException("not how far a check is: " + text);
        }
        var place = members[3].split(",", -1);
        return new Walk(
                members[0],
                Instant.parse(members[1]),
                members[2].equals("-") ? null : Instant.parse(members[2]),
                Long.parseLong(place[0]),
                Long.parseLong(place[1]),
                new Amount(Long.parseLong(members[4]), Long.parseLong(members[5])));
    }

    /// Two texts for each.
    public static List<String> of(List<Finding> findings) {
        var texts = new ArrayList<String>();
        for (var finding : findings) {
            texts.add(finding.key().value());
            texts.add(finding.damage() == null ? "" : finding.damage());
        }
        return texts;
    }

    /// What such texts are of.
    public static List<Finding> findings(List<String> texts) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            var damage = texts.get(i + 1);
            findings.add(new Finding(new BlobKey(texts.get(i)), damage.isEmpty() ? null : damage));
        }
        return findings;
    }
}
