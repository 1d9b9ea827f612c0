package entrepot.domain;

import java.util.List;

/// Who pushed something, as far as policies ask for it later.
///
/// @param id of a user, or the account of a root: what policies call `aws:userid`
/// @param origin where the push came from
public record Pusher(String id, Origin origin) {

    /// Longer user agents are of no use to a policy.
    private static final int LONGEST_AGENT = 2048;

    private static final int PARTS = 5;

    /// As the tables have it, a line for each part; none of them has a line's end in it.
    public String text() {
        var agent = origin.userAgent();
        return String.join(
                "\n",
                id,
                origin.address(),
                String.valueOf(origin.secure()),
                origin.requestId(),
                agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)).replaceAll("[\\p{Cntrl}]", " "));
    }

    /// What [#text] made.
    public static Pusher parse(String text) {
        var parts = List.of(text.split("\n", PARTS));
        var origin = new Origin(parts.get(1), Boolean.parseBoolean(parts.get(2)), parts.get(4), parts.get(3));
        return new Pusher(parts.getFirst(), origin);
    }
}
