package entrepot.benchmark;

/// One table of the report.
enum Table {
    PUT("Storing image manifests of 10 layers (entrepot: PutImage)", true),
    READ("Manifests of 10 layers, 16 callers", true),
    PUSH("Push of blobs, 8 clients (limit: hash, write and fsync by one process)", false),
    PULL("Pull of blobs, 8 clients (nginx: files by sendfile)", false),
    KMS_BLOBS("Blobs in a KMS repository, 8 clients (decrypting: the same files, by one process)", false),
    KMS_REQUESTS("Requests to a KMS repository (GETs: 1 client)", true),
    TLS_REQUESTS("Manifests of 10 layers over TLS, 16 callers", true),
    TLS_BLOBS("Blobs over TLS, 8 clients", false),
    CLUSTER_PUT("Storing image manifests of 10 layers, 64 callers; PostgreSQL and S3, one node", true),
    CLUSTER_PUSH("Push of blobs to S3, 8 clients, one node", false),
    CLUSTER_PULL("Pull of blobs from S3, 8 clients, one node", false),
    SCALE_REQUESTS("Requests to 1, 2 and 4 nodes of one registry (CPU: of all nodes)", true),
    SCALE_BLOBS("Blobs from 1, 2 and 4 nodes of one registry (CPU: of all nodes)", false),
    CLUSTER_SIZE("64 callers, PostgreSQL with 10 references for each image (x: many over few)", true),
    PAGES("Pages of Entrepot's lists, 1 client, a heap of 128 MB (x: many over few)", true);

    private final String title;
    private final boolean ofRequests;

    Table(String title, boolean ofRequests) {
        this.title = title;
        this.ofRequests = ofRequests;
    }

    String title() {
        return title;
    }

    /// Whether requests are counted, and not bytes.
    boolean isOfRequests() {
        return ofRequests;
    }
}
