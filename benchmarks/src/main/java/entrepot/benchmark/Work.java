package entrepot.benchmark;

import java.util.List;
import java.util.stream.Stream;

/// One line of work that contenders are given.
///
/// @param contenders all that are compared at it, by name, ours first, present on this machine or not
/// @param parts what their helpers did, by name
record Work(Table table, String label, List<String> contenders, List<String> parts) {
    private static final List<String> PULLERS =
            List.of(EntrepotServer.NAME, DockerRegistry.NAME, Distribution.NAME, Nginx.NAME);
    private static final List<String> PUSHERS =
            List.of(EntrepotServer.NAME, DockerRegistry.NAME, Distribution.NAME, Limit.NAME);
    private static final List<String> PUTTERS =
            List.of(EntrepotServer.NAME, EntrepotServer.NAME_V2, DockerRegistry.NAME, Distribution.NAME);

    Work(Table table, String label, List<String> contenders) {
        this(table, label, contenders, List.of());
    }

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

    /// @param label of [Reads]
    static Work read(String label) {
        return new Work(Table.READ, label, List.of(EntrepotServer.NAME, DockerRegistry.NAME, Distribution.NAME));
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

    static Work tlsRead() {
        return new Work(Table.TLS_REQUESTS, Reads.GET_BY_TAG, List.of(Tls.OVER_TLS, Tls.PLAIN));
    }

    static Work tlsPush(int size) {
        return tls("push", size);
    }

    static Work tlsPull(int size) {
        return tls("pull", size);
    }

    private static Work tls(String what, int size) {
        return new Work(Table.TLS_BLOBS, what + " " + size / 1_000_000 + " MB", List.of(Tls.OVER_TLS, Tls.PLAIN));
    }

    private static Work cluster(Table table, String label) {
        return new Work(
                table,
                label,
                List.of(EntrepotServer.NAME, Distribution.NAME),
                List.of(
                        EntrepotCluster.helper(EntrepotServer.NAME, EntrepotCluster.DATABASE),
                        EntrepotCluster.helper(EntrepotServer.NAME, EntrepotCluster.S3),
                        Distribution.S3));
    }

    static Work clusterPut() {
        return cluster(Table.CLUSTER_PUT, "PutImage");
    }

    static Work clusterPush(int size) {
        return cluster(Table.CLUSTER_PUSH, size / 1_000_000 + " MB");
    }

    static Work clusterPull(int size) {
        return cluster(Table.CLUSTER_PULL, size / 1_000_000 + " MB");
    }

    private static Work scale(Table table, String label) {
        var names = Scale.NODES.stream().map(Scale::name).toList();
        var parts = names.stream()
                .flatMap(name -> Stream.of(
                        EntrepotCluster.helper(name, EntrepotCluster.DATABASE),
                        EntrepotCluster.helper(name, EntrepotCluster.S3)))
                .toList();
        return new Work(table, label, names, parts);
    }

    static Work scalePut() {
        return scale(Table.SCALE_REQUESTS, "PutImage");
    }

    static Work scalePutEach() {
        return scale(Table.SCALE_REQUESTS, "PutImage, %d callers for each node".formatted(Scale.CALLERS_OF_EACH));
    }

    static Work scalePull() {
        return scale(Table.SCALE_BLOBS, "pull of 1 MB");
    }

    static Work scalePullEach() {
        return scale(Table.SCALE_BLOBS, "pull of 1 MB, %d clients for each node".formatted(Scale.CLIENTS_OF_EACH));
    }

    /// @param many how a contender is called that has many images
    static Work size(String label, String many, String few) {
        return new Work(Table.CLUSTER_SIZE, label, List.of(many, few));
    }

    /// As `size`, with what PostgreSQL does for it.
    static Work sizeWithDatabase(String label, String many, String few) {
        var parts = Stream.of(many, few)
                .map(name -> EntrepotCluster.helper(name, EntrepotCluster.DATABASE))
                .toList();
        return new Work(Table.CLUSTER_SIZE, label, List.of(many, few), parts);
    }

    static Work put(int callers) {
        return new Work(Table.PUT, callers + (callers == 1 ? " caller" : " callers"), PUTTERS);
    }
}
