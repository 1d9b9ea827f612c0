package entrepot.domain;

import java.util.regex.Pattern;

/// One registry: an account in a region. It comes to be with its first write.
///
/// @param region a region's name of AWS's form, such as `eu-west-1`
public record RegistryId(AccountId account, String region) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");

    public RegistryId {
        if (!isRegion(region)) {
            throw new IllegalArgumentException("not a registry: " + account + " in " + region);
        }
    }

    public static boolean isRegion(String text) {
        return text.length() <= 25 && REGION.matcher(text).matches();
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
        return Partition.ofRegion(region);
    }

    private Arn repository(String name) {
        return new Arn("arn:%s:ecr:%s:%s:repository/%s".formatted(partition(), region, account, name));
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
