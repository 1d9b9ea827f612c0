package entrepot.domain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// One registry: an account in a region. It comes to be with its first write.
///
/// @param region a region's name of AWS's form, such as `eu-west-1`
public record RegistryId(AccountId account, String region) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");
    private static final int LONGEST_REGION = 25;

    /// Those that were met, with the partition of each; no more than anybody uses.
    private static final Map<String, Partition> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 1_000;

    public RegistryId {
        if (!isRegion(region)) {
            throw new IllegalArgumentException("not a registry: " + account + " in " + region);
        }
    }

    public static boolean isRegion(String text) {
        return KNOWN.containsKey(text)
                || (text.length() <= LONGEST_REGION && REGION.matcher(text).matches());
    }

    /// The same region's registry of another account.
    public RegistryId ofAccount(AccountId other) {
        return new RegistryId(other, region);
    }

    /// The ARN of a repository of this registry, which need not exist.
    public Arn repository(RepositoryName name) {
        return repository(name.toString());
    }

    /// What an action on all repositories is about.
    public Arn anyRepository() {
        return repository("*");
    }

    /// The same of a namespace.
    Arn repositoriesBelow(String namespace) {
        return repository(namespace + "/*");
    }

    /// The part of AWS that the region is in.
    public Partition partition() {
        var known = KNOWN.get(region);
        return known == null ? learn(region) : known;
    }

    private static Partition learn(String region) {
        var partition = Partition.ofRegion(region);
        if (KNOWN.size() < MOST_KNOWN) {
            KNOWN.put(region, partition);
        }
        return partition;
    }

    private Arn repository(String name) {
        return new Arn("arn:" + partition() + ":ecr:" + region + ":" + account + ":repository/" + name);
    }

    /// What [#toString] made.
    ///
    /// @throws IllegalArgumentException if it did not
    public static RegistryId parse(String text) {
        var slash = text.indexOf('/');
        return new RegistryId(new AccountId(text.substring(0, Math.max(slash, 0))), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return account + "/" + region;
    }
}
