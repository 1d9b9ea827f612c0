package entrepot.console.page;

import java.util.Map;

/// What was just done, in words: a page is told which of these to show, and never a text.
public final class Done {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("image-deleted", "The image is deleted."),
            Map.entry("tag-deleted", "The tag is deleted."),
            Map.entry("tagged", "The tag points here now."),
            Map.entry("scan", "The scan has begun."),
            Map.entry("settings", "The setting is changed."),
            Map.entry("policy", "The policy is saved."),
            Map.entry("policy-deleted", "The policy is deleted."),
            Map.entry("lifecycle", "The lifecycle policy is saved."),
            Map.entry("lifecycle-deleted", "The lifecycle policy is deleted."),
            Map.entry("created", "The repository is there."),
            Map.entry("undeleted", "It is there again."),
            Map.entry("repository-deleted", "The repository is deleted."));

    private Done() {}

    public static boolean isKnown(String done) {
        return WORDS.containsKey(done);
    }

    public static String words(String done) {
        return WORDS.getOrDefault(done, "");
    }
}
