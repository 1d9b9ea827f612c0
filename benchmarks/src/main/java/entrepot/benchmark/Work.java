package entrepot.benchmark;

import java.util.List;

/// One line of work that contenders are given.
///
/// @param contenders all that are compared at it, by name, ours first, present on this machine or not
record Work(Table table, String label, List<String> contenders) {
    private static final List<String> PULLERS = List.of(EntrepotServer.NAME, DockerRegistry.NAME, Nginx.NAME);
    private static final List<String> PUSHERS = List.of(EntrepotServer.NAME, DockerRegistry.NAME, Limit.NAME);
    private static final List<String> PUTTERS =
            List.of(EntrepotServer.NAME, EntrepotServer.NAME_V2, DockerRegistry.NAME);

    /// @param few what a page among many is compared with
    static Work page(String label, String many, String few) {
        return new Work(Table.PAGES, label, List.of(many, few));
    }

    static Work pull(int size) {
        return new Work(Table.PULL, size / 1_000_000 + " MB", PULLERS);
    }

    static Work push(int size) {
        return new Work(Table.PUSH, size / 1_000_000 + " MB", PUSHERS);
    }

    static Work kmsPush(int size) {
        return new Work(Table.KMS_BLOBS, "push " + size / 1_000_000 + " MB", List.of(Kms.KMS, Kms.AES256));
    }

    static Work kmsPull(int size) {
        return new Work(
                Table.KMS_BLOBS,
                "pull " + size / 1_000_000 + " MB",
                List.of(Kms.KMS, Kms.AES256, DecryptingLimit.NAME));
    }

    static Work kmsPut(int callers) {
        return new Work(Table.KMS_REQUESTS, "PutImage, %d callers".formatted(callers), List.of(Kms.KMS, Kms.AES256));
    }

    /// A part of a large layer, and a layer as small as that.
    static Work kmsRange() {
        return new Work(Table.KMS_REQUESTS, "GET of 4 KiB", List.of(Kms.OF_LARGE, Kms.OF_SMALL));
    }

    static Work put(int callers) {
        return new Work(Table.PUT, callers + (callers == 1 ? " caller" : " callers"), PUTTERS);
    }
}
