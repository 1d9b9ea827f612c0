package entrepot.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Origin;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.AuditEvent;
import entrepot.operation.Deed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditWriterTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-01T12:00:00.5Z"));
    private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:123456789012:repository/app";
    private static final Principal ROOT = Principal.ofRoot(new AccountId("123456789012"), "AKIAAAAAAAAAAAAAAAAA");

    @TempDir
    Path folder;

    private static AuditEvent event(String userAgent, String requestId, AuditEvent.@Nullable Refusal refusal) {
        var permission = new Permission(new AccountId("123456789012"), "ecr:PutImage", new Arn(REPOSITORY));
        return new AuditEvent(
                new Origin("192.0.2.1", true, userAgent, requestId),
                ROOT,
                "ecr",
                "PutImage",
                "eu-west-1",
                List.of(permission, permission),
                refusal);
    }

    private static AuditEvent event(int number) {
        return event("docker/28", "request-" + number, null);
    }

    private static JsonNode line(AuditEvent event) {
        return JSON.readTree(AuditLine.of(event, CLOCK.instant()));
    }

    private static List<String> requests(String text) {
        return text.lines()
                .map(line -> JSON.readTree(line).path("requestID").asString())
                .toList();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "request-" + i).toList();
    }

    @Test
    void a_line_has_the_shape_of_cloudtrails_records() {
        var line = line(event("docker/28", "r1", new AuditEvent.Refusal("AccessDenied", "no")));

        assertThat(line.path("eventVersion").asString()).isEqualTo("1.11");
        assertThat(line.path("userIdentity").toString())
                .isEqualTo("{\"type\":\"Root\",\"principalId\":\"123456789012\","
                        + "\"arn\":\"arn:aws:iam::123456789012:root\",\"accountId\":\"123456789012\","
                        + "\"accessKeyId\":\"AKIAAAAAAAAAAAAAAAAA\"}");
        assertThat(line.path("eventTime").asString()).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(line.path("eventSource").asString()).isEqualTo("ecr.amazonaws.com");
        assertThat(line.path("eventName").asString()).isEqualTo("PutImage");
        assertThat(line.path("awsRegion").asString()).isEqualTo("eu-west-1");
        assertThat(line.path("sourceIPAddress").asString()).isEqualTo("192.0.2.1");
        assertThat(line.path("userAgent").asString()).isEqualTo("docker/28");
        assertThat(line.path("errorCode").asString()).isEqualTo("AccessDenied");
        assertThat(line.path("errorMessage").asString()).isEqualTo("no");
        assertThat(line.path("requestID").asString()).isEqualTo("r1");
        assertThat(line.path("readOnly").asBoolean()).isFalse();
        assertThat(line.path("resources").toString())
                .isEqualTo("[{\"ARN\":\"" + REPOSITORY
                        + "\",\"accountId\":\"123456789012\",\"type\":\"AWS::ECR::Repository\"}]");
        assertThat(line.path("eventType").asString()).isEqualTo("AwsApiCall");
        assertThat(line.path("eventCategory").asString()).isEqualTo("Management");
        assertThat(line.path("eventID").asString()).hasSize(36);
    }

    @Test
    void a_user_is_told_from_a_root() {
        var ci = new User(
                "AIDAAAAAAAAAAAAAAAAAA", new AccountId("123456789012"), "/", new UserName("ci"), Instant.EPOCH);
        var user = Principal.ofUser(ci, List.of(), "AKIAAAAAAAAAAAAAAAAA");
        var origin = new Origin("192.0.2.1", false, "", "r1");
        var event = new AuditEvent(origin, user, "ecr", "ListImages", "eu-west-1", List.of(), null);

        assertThat(line(event).path("userIdentity").toString())
                .isEqualTo("{\"type\":\"IAMUser\",\"principalId\":\"AIDAAAAAAAAAAAAAAAAAA\","
                        + "\"arn\":\"arn:aws:iam::123456789012:user/ci\",\"accountId\":\"123456789012\","
                        + "\"accessKeyId\":\"AKIAAAAAAAAAAAAAAAAA\",\"userName\":\"ci\"}");
    }

    @Test
    void what_was_done_without_a_caller_has_the_shape_of_a_services_own_event() {
        var root = new Arn("arn:aws:iam::123456789012:root");
        var act = new Deed.Act(
                "iam", "CreateAccessKey", root, new AccountId("123456789012"), Map.of("accessKeyId", "AKIA\n\u001b"));
        var line = JSON.readTree(AuditLine.of(new Deed("entrepot account create", "us-east-1", act), CLOCK.instant()));

        assertThat(line.path("userIdentity").toString())
                .isEqualTo("{\"type\":\"AWSService\",\"invokedBy\":\"entrepot account create\"}");
        assertThat(line.path("eventTime").asString()).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(line.path("eventSource").asString()).isEqualTo("iam.amazonaws.com");
        assertThat(line.path("eventName").asString()).isEqualTo("CreateAccessKey");
        assertThat(line.path("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(line.path("requestParameters").path("accessKeyId").asString())
                .isEqualTo("AKIA\n\u001b");
        assertThat(line.path("readOnly").asBoolean(true)).isFalse();
        assertThat(line.path("resources").toString())
                .isEqualTo("[{\"ARN\":\"arn:aws:iam::123456789012:root\",\"accountId\":\"123456789012\"}]");
        assertThat(line.path("eventType").asString()).isEqualTo("AwsServiceEvent");
        assertThat(line.has("sourceIPAddress")).isFalse();
        assertThat(line.has("errorCode")).isFalse();
    }

    @Test
    void what_a_service_tells_of_it_comes_along_and_cannot_break_out() {
        var act = new Deed.Act(
                "ecr", "PolicyExecutionEvent", new Arn(REPOSITORY), new AccountId("123456789012"), Map.of());
        Map<String, Object> details = Map.of(
                "list", List.of(Map.of("text", "a\"\n\u001b"), 7, 1_584_042_813_000L), "long", "x".repeat(5_000));
        var bytes = AuditLine.of(new Deed("lifecycle", "eu-west-1", act, details), CLOCK.instant());
        var line = JSON.readTree(bytes);

        assertThat(new String(bytes, UTF_8).lines()).hasSize(1);
        assertThat(line.path("serviceEventDetails").path("list").toString())
                .isEqualTo("[{\"text\":\"a\\\"\\n\\u001B\"},7,1584042813000]");
        assertThat(line.path("serviceEventDetails").path("long").asString()).hasSize(1_024);
        assertThat(line.path("resources").path(0).path("type").asString()).isEqualTo("AWS::ECR::Repository");
    }

    @Test
    void what_is_allowed_has_no_error() {
        assertThat(line(event(1)).has("errorCode")).isFalse();
    }

    @Test
    void nobody_is_told_from_a_principal_and_from_a_failed_login() {
        var origin = new Origin("192.0.2.1", false, "", "r1");
        var nobody = new AuditEvent(origin, Principal.anonymous(), "ecr", "ListImages", "eu-west-1", List.of(), null);
        var failed = new AuditEvent(origin, null, "ecr", "ListImages", null, List.of(), null);

        assertThat(line(nobody).path("userIdentity").toString())
                .isEqualTo("{\"type\":\"AWSAccount\",\"principalId\":\"\",\"accountId\":\"anonymous\"}");
        assertThat(line(nobody).path("readOnly").asBoolean()).isTrue();
        assertThat(line(failed).path("userIdentity").toString()).isEqualTo("{\"type\":\"Unknown\"}");
        assertThat(line(failed).has("awsRegion")).isFalse();
    }

    @Test
    void a_hostile_user_agent_stays_within_its_line() {
        var hostile = "a\r\n{\"eventName\":\"Forged\"}\u0000\u001b[2J\u009b\u2028\"\\" + "\ud800" + "x".repeat(100_000);
        var bytes = AuditLine.of(event(hostile, "r1", null), CLOCK.instant());

        assertThat(bytes).hasSizeLessThan(10_000).doesNotContain(0, 27).endsWith('\n');
        for (var i = 0; i < bytes.length - 1; i++) {
            assertThat(bytes[i]).isBetween((byte) ' ', (byte) '~');
        }
        assertThat(JSON.readTree(bytes).path("userAgent").asString()).isEqualTo(hostile.substring(0, 1_024));
    }

    @Test
    void what_is_recorded_is_in_the_file_without_an_end() throws Exception {
        var file = folder.resolve("audit.log");
        try (var writer = AuditWriter.toFile(file, CLOCK)) {
            writer.record(event(0));
            while (Files.size(file) == 0) {
                Thread.sleep(5);
            }
            assertThat(requests(Files.readString(file))).containsExactly("request-0");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void everything_is_written_in_order_before_the_end_and_behind_what_was_there() throws IOException {
        var file = Files.writeString(folder.resolve("audit.log"), "{\"requestID\":\"before\"}\n");
        try (var writer = AuditWriter.toFile(file, CLOCK)) {
            IntStream.range(0, 5_000).forEach(i -> writer.record(event(i)));
        }

        assertThat(requests(Files.readString(file)))
                .startsWith("before")
                .endsWith(numbered(5_000).toArray(String[]::new))
                .hasSize(5_001);
    }

    @Test
    void a_file_that_was_moved_away_is_made_again() throws Exception {
        var file = folder.resolve("audit.log");
        var moved = folder.resolve("audit.log.1");
        try (var writer = AuditWriter.toFile(file, CLOCK)) {
            writer.record(event(0));
            while (Files.size(file) == 0) {
                Thread.sleep(5);
            }
            Files.move(file, moved);
            for (var i = 1; !Files.exists(file); i++) {
                writer.record(event(i));
                Thread.sleep(100);
            }
        }

        var all = Files.readString(moved) + Files.readString(file);
        assertThat(requests(all)).isEqualTo(numbered((int) all.lines().count()));
        assertThat(Files.readString(file)).isNotEmpty();
    }

    @Test
    void what_nobody_foresaw_is_a_gap_and_not_the_end_of_the_audit() {
        var output = new Output();
        output.surprise = new StackOverflowError("of this test");
        output.open.countDown();
        try (var writer = new AuditWriter(output, CLOCK, 2, Duration.ofMinutes(1))) {
            IntStream.range(0, 20).forEach(i -> writer.record(event(i)));
        }

        assertThat(output.written.toString()).contains("request-19").doesNotContain("\"request-0\"");
    }

    /// Waits to be let go on; fails as often as it is told to, having written so many bytes.
    private static final class Output implements AuditOutput {
        final CountDownLatch open = new CountDownLatch(1);
        final StringBuilder written = new StringBuilder();
        final List<Integer> failsAfter = new ArrayList<>();

        @Nullable
        Error surprise;

        @Override
        public void write(ByteBuffer lines) throws IOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (surprise != null) {
                var thrown = surprise;
                surprise = null;
                throw thrown;
            }
            var most = failsAfter.isEmpty() ? lines.remaining() : Math.min(failsAfter.getFirst(), lines.remaining());
            var part = new byte[most];
            lines.get(part);
            written.append(new String(part, UTF_8));
            if (!failsAfter.isEmpty()) {
                failsAfter.removeFirst();
                throw new IOException("the disk is full");
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void who_finds_the_buffer_full_waits() throws InterruptedException {
        var output = new Output();
        var writer = new AuditWriter(output, CLOCK, 2, Duration.ofMinutes(1));
        var recording = Thread.ofVirtual().start(() -> IntStream.range(0, 20).forEach(i -> writer.record(event(i))));

        assertThat(recording.join(Duration.ofMillis(200))).isFalse();
        output.open.countDown();
        recording.join();
        writer.close();

        assertThat(requests(output.written.toString())).isEqualTo(numbered(20));
    }

    @Test
    void what_found_no_room_in_time_is_counted_in_a_line() {
        var output = new Output();
        var writer = new AuditWriter(output, CLOCK, 2, Duration.ofMillis(1));
        IntStream.range(0, 20).forEach(i -> writer.record(event(i)));
        output.open.countDown();
        writer.close();

        assertThat(toldOf(output)).isEqualTo(20);
        assertThat(output.written).contains("\"eventName\":\"AuditGap\"");
    }

    @Test
    void what_could_not_be_written_is_counted_and_half_a_line_is_ended() {
        var output = new Output();
        output.failsAfter.addAll(List.of(0, 10, 700, 3));
        var writer = new AuditWriter(output, CLOCK, 100, Duration.ofMillis(1));
        IntStream.range(0, 10).forEach(i -> writer.record(event(i)));
        output.open.countDown();
        while (!output.failsAfter.isEmpty()) {
            writer.record(event(0));
        }
        writer.record(event(1));
        writer.close();

        assertThat(output.written).endsWith("}\n");
        assertThat(output.written).contains("\"eventName\":\"AuditGap\"");
    }

    /// Events in lines of their own, and those that gaps count.
    private static long toldOf(Output output) {
        return output.written
                .toString()
                .lines()
                .map(JSON::readTree)
                .mapToLong(line ->
                        line.path("additionalEventData").path("missedEvents").asLong(1))
                .sum();
    }

    @Test
    void a_batch_knows_what_was_lost() {
        var lines = List.of("one\n".getBytes(UTF_8), "two\n".getBytes(UTF_8));
        var plain = new AuditBatch(lines, 0);
        var afterGap = new AuditBatch(lines, 7);

        assertThat(lost(plain, false, 0)).isEqualTo(2);
        assertThat(lost(plain, false, 3)).isEqualTo(2);
        assertThat(lost(plain, false, 4)).isEqualTo(1);
        assertThat(lost(plain, true, 1)).isEqualTo(2);
        assertThat(lost(plain, true, 5)).isEqualTo(1);
        assertThat(lost(afterGap, false, 3)).isEqualTo(8);
        assertThat(lost(afterGap, false, 4)).isEqualTo(1);
        assertThat(AuditBatch.endsTorn(plain.bytes(false).position(3), false)).isTrue();
        assertThat(AuditBatch.endsTorn(plain.bytes(false).position(4), true)).isFalse();
        assertThat(AuditBatch.endsTorn(plain.bytes(false), true)).isTrue();
        assertThat(AuditBatch.endsTorn(plain.bytes(true).position(1), true)).isFalse();
    }

    private static long lost(AuditBatch batch, boolean torn, int position) {
        return batch.lost(batch.bytes(torn).position(position), torn);
    }
}
