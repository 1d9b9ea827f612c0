package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciPathTest {

    private static final String HEX = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    private static final Digest DIGEST = Digest.parse("sha256:" + HEX);
    private static final String ID = "0197f3c2-0000-7000-8000-000000000001";
    private static final UploadId UPLOAD = new UploadId(ID);

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v2                                      | Ping[]
            GET    | /v2/                                     | Ping[]
            HEAD   | /v2/                                     | Ping[]
            GET    | /v2/_catalog                             | Catalog[n=1000, last=null]
            GET    | /v2/team/app/tags/list                   | ListTags[repository=team/app, n=1000, last=null]
            GET    | /v2/team/app/manifests/v1                | GetManifest[repository=team/app, reference=v1]
            HEAD   | /v2/team/app/manifests/v1                | GetManifest[repository=team/app, reference=v1]
            PUT    | /v2/team/app/manifests/DIGEST            | PutManifest[repository=team/app, reference=DIGEST, tags=[]]
            DELETE | /v2/team/app/manifests/v1                | DeleteManifest[repository=team/app, reference=v1]
            GET    | /v2/team/app/referrers/DIGEST            | ListReferrers[repository=team/app, subject=DIGEST, artifactTypes=[], n=1000, nextToken=null]
            GET    | /v2/x/manifests/y/referrers/DIGEST       | ListReferrers[repository=x/manifests/y, subject=DIGEST, artifactTypes=[], n=1000, nextToken=null]
            GET    | /v2/xx/referrers/manifests/v1            | GetManifest[repository=xx/referrers, reference=v1]
            GET    | /v2/team/app/blobs/DIGEST                | GetBlob[repository=team/app, digest=DIGEST]
            GET    | /v2/team/app/blobs/sha256%3AHEX          | GetBlob[repository=team/app, digest=DIGEST]
            HEAD   | /v2/team/app/blobs/DIGEST                | HeadBlob[repository=team/app, digest=DIGEST]
            DELETE | /v2/team/app/blobs/DIGEST                | DeleteBlob[repository=team/app, digest=DIGEST]
            POST   | /v2/team/app/blobs/uploads/              | StartUpload[repository=team/app, digest=null]
            POST   | /v2/team/app/blobs/uploads               | StartUpload[repository=team/app, digest=null]
            GET    | /v2/team/app/blobs/uploads/ID            | UploadStatus[repository=team/app, upload=ID]
            PATCH  | /v2/team/app/blobs/uploads/ID            | PatchUpload[repository=team/app, upload=ID]
            DELETE | /v2/team/app/blobs/uploads/ID            | CancelUpload[repository=team/app, upload=ID]
            GET    | /v2/team/tags/app/tags/list              | ListTags[repository=team/tags/app, n=1000, last=null]
            GET    | /v2/tags/list/tags/list                  | ListTags[repository=tags/list, n=1000, last=null]
            GET    | /v2/team/manifests/manifests/v1          | GetManifest[repository=team/manifests, reference=v1]
            GET    | /v2/x/manifests/y/manifests/v1           | GetManifest[repository=x/manifests/y, reference=v1]
            GET    | /v2/x/manifests/list                     | error
            GET    | /v2/xx/manifests/list                    | GetManifest[repository=xx, reference=list]
            GET    | /v2/xx/manifests/tags/list               | ListTags[repository=xx/manifests, n=1000, last=null]
            GET    | /v2/xx/blobs/uploads/manifests/v1        | GetManifest[repository=xx/blobs/uploads, reference=v1]
            GET    | /v2/xx/uploads/blobs/DIGEST              | GetBlob[repository=xx/uploads, digest=DIGEST]
            GET    | /v2/xx/blobs/uploads/blobs/DIGEST        | GetBlob[repository=xx/blobs/uploads, digest=DIGEST]
            POST   | /v2/xx/blobs/uploads/blobs/uploads/      | StartUpload[repository=xx/blobs/uploads, digest=null]
            GET    | /v2/xx/blobs/uploads/blobs/uploads/ID    | UploadStatus[repository=xx/blobs/uploads, upload=ID]
            GET    | /v2/_catalog/tags/list                   | error
            """)
    void a_path_is_read_from_the_right(String method, String path, String expected) {
        assertThat(reading(method, filled(path))).isEqualTo(filled(expected));
    }

    private static String reading(String method, String path) {
        try {
            return parse(method, path, "").toString().replace("name=", "").replaceAll("\\w+\\[value=(.*?)]", "$1");
        } catch (RegistryException e) {
            return "error";
        }
    }

    private static String filled(String text) {
        return text.replace("DIGEST", DIGEST.toString()).replace("HEX", HEX).replace("ID", ID);
    }

    @Test
    void the_query_of_an_upload_is_read() {
        var team = new RepositoryName("team/app");
        assertThat(parse("PUT", "/v2/team/app/blobs/uploads/" + ID, "_state=x&digest=sha256%3A" + HEX))
                .isEqualTo(new OciRequest.FinishUpload(team, UPLOAD, DIGEST));
        assertThat(parse("POST", "/v2/team/app/blobs/uploads/", "digest=" + DIGEST))
                .isEqualTo(new OciRequest.StartUpload(team, DIGEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount=sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae&from=a",
                "mount=sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae&from=",
                "mount=sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae&from=../app",
                "mount=sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae&from=team%2F..%2Fapp",
                "mount=md5:d41d8cd98f00b204e9800998ecf8427e&from=team/other",
                "from=UPPER&mount=sha256:x",
                "mount=&from=team/other",
                "mount",
                "mount=sha256:x&digest=sha256:y"
            })
    void what_cannot_be_mounted_begins_an_upload(String query) {
        assertThat(parse("POST", "/v2/team/app/blobs/uploads/", query))
                .isEqualTo(new OciRequest.StartUpload(new RepositoryName("team/app"), null));
    }

    @Test
    void a_mount_names_its_source_or_not() {
        var team = new RepositoryName("team/app");
        var other = new RepositoryName("team/other");
        var mount = "mount=sha256%3A" + HEX;
        assertThat(parse("POST", "/v2/team/app/blobs/uploads/", mount + "&from=team%2Fother&origin=host"))
                .isEqualTo(new OciRequest.MountBlob(team, DIGEST, other));
        assertThat(parse("POST", "/v2/team/app/blobs/uploads", mount + "&digest=sha256:y"))
                .isEqualTo(new OciRequest.MountBlob(team, DIGEST, null));
    }

    @ParameterizedTest(name = "{0} asks for {1} after {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            n=5&last=v1.0        | 5          | v1.0
            last=v1&n=0          | 0          | v1
            n=007                | 7          | -
            n=1001               | 1001       | -
            n=2147483648         | 2147483647 | -
            n=99999999999999999999999999999999999999 | 2147483647 | -
            n=1&last=            | 1          | -
            last=a%2Bb           | 1000       | a+b
            last=a+b             | 1000       | a+b
            last=a/b%20c         | 1000       | a/b c
            other=x              | 1000       | -
            """)
    void pages_are_read(String query, int n, String last) {
        assertThat(parse("GET", "/v2/team/app/tags/list", query))
                .isEqualTo(new OciRequest.ListTags(new RepositoryName("team/app"), n, last));
    }

    @Test
    void a_page_of_repositories_begins_after_a_name() {
        assertThat(parse("GET", "/v2/_catalog", "last=team/app&n=3")).isEqualTo(new OciRequest.Catalog(3, "team/app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n=-1", "n=", "n=ten", "n=%2B5", "n=1.5", "n=1e3", "n=0x10", "n"})
    void a_number_that_is_none_is_refused(String query) {
        assertThat(refusal("GET", "/v2/team/app/tags/list", query)).isEqualTo("400 PAGINATION_NUMBER_INVALID");
        assertThat(refusal("GET", "/v2/_catalog", query)).isEqualTo("400 PAGINATION_NUMBER_INVALID");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET   | /v2/team%2Fapp/manifests/v1            | 400 NAME_INVALID
            GET   | /v2/team%2fapp/tags/list               | 400 NAME_INVALID
            GET   | /v2/%2e%2e/manifests/v1                | 400 NAME_INVALID
            GET   | /v2/../manifests/v1                    | 400 NAME_INVALID
            GET   | /v2/team/../../etc/blobs/DIGEST        | 400 NAME_INVALID
            GET   | /v2/team/./app/manifests/v1            | 400 NAME_INVALID
            GET   | /v2//team/app/manifests/v1             | 400 NAME_INVALID
            GET   | /v2//manifests/v1                      | 400 NAME_INVALID
            GET   | /v2/team//app/manifests/v1             | 400 NAME_INVALID
            GET   | /v2/Team/manifests/v1                  | 400 NAME_INVALID
            GET   | /v2/a/manifests/v1                     | 400 NAME_INVALID
            PUT   | /v2/app/manifests/sha256:baddigest     | 400 DIGEST_INVALID
            GET   | /v2/app/manifests/sha256:baddigest     | 400 DIGEST_INVALID
            GET   | /v2/app/blobs/sha256:..                | 400 DIGEST_INVALID
            GET   | /v2/app/blobs/..%2F..%2Fetc%2Fpasswd   | 400 DIGEST_INVALID
            GET   | /v2/app/blobs/md5:d41d8cd98f00b204e9800998ecf8427e | 400 DIGEST_INVALID
            PUT   | /v2/app/manifests/.hidden              | 400 TAG_INVALID
            GET   | /v2/app/manifests/..                   | 400 TAG_INVALID
            PUT   | /v2/app/manifests/a%20b                | 400 TAG_INVALID
            DELETE| /v2/app/manifests/                     | 400 TAG_INVALID
            PUT   | /v2/app/blobs/uploads/ID               | 400 DIGEST_INVALID
            GET   | /v2/app/blobs/uploads/not-an-upload    | 404 BLOB_UPLOAD_UNKNOWN
            PATCH | /v2/app/blobs/uploads/..               | 404 BLOB_UPLOAD_UNKNOWN
            GET   | /v2/app/referrers/v1                   | 400 DIGEST_INVALID
            PUT   | /v2/app/referrers/DIGEST               | 405 UNSUPPORTED
            GET   | /v2/referrers/DIGEST                   | 404 UNSUPPORTED
            GET   | /v2/manifests/v1                       | 404 UNSUPPORTED
            GET   | /v2/app                                | 404 UNSUPPORTED
            GET   | /v2/app/tags                           | 404 UNSUPPORTED
            POST  | /v2/                                   | 405 UNSUPPORTED
            POST  | /v2/app/manifests/v1                   | 405 UNSUPPORTED
            PUT   | /v2/app/blobs/uploads/                 | 405 UNSUPPORTED
            """)
    void what_is_malformed_is_refused(String method, String path, String expected) {
        assertThat(refusal(method, filled(path), "")).isEqualTo(expected);
    }

    private static String refusal(String method, String path, String query) {
        try {
            return "taken: " + parse(method, path, query);
        } catch (OciException e) {
            return e.error().status() + " " + e.error().code();
        } catch (RegistryException e) {
            return OciErrors.of(e.error()).status() + " "
                    + OciErrors.of(e.error()).code();
        }
    }

    @ParameterizedTest(name = "{0} allows {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /v2/app/manifests/v1        | DELETE, GET, HEAD, PUT
            /v2/app/tags/list           | GET, HEAD
            /v2/app/blobs/DIGEST        | DELETE, GET, HEAD
            /v2/app/blobs/uploads/      | POST
            /v2/app/blobs/uploads/ID    | DELETE, GET, HEAD, PATCH, PUT
            """)
    void the_wrong_method_is_told_the_right_ones(String path, String allowed) {
        var refusal = catchThrowableOfType(OciException.class, () -> parse("TRACE", filled(path), ""));
        assertThat(refusal.error().headers().first("Allow")).contains(allowed);
    }

    @Test
    void a_long_path_is_refused_in_no_time() {
        var path = "/v2/" + "blobs/uploads/".repeat(20_000) + "x y";
        assertThatThrownBy(() -> parse("GET", path, "")).isInstanceOf(RuntimeException.class);
    }

    private static OciRequest parse(String method, String path, String query) {
        return OciPath.parse(method, path, query, new Form(Law.OCI));
    }
}
