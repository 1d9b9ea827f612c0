package entrepot.seed;

import entrepot.config.Seed;
import entrepot.config.Seed.ResourceTag;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A repository that a seed wants, with its settings.
record SownRepository(EcrApi api, Seed.Repository wanted) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "repositoryName";
    private static final String MUTABILITY = "imageTagMutability";
    private static final String EXCLUSIONS = "imageTagMutabilityExclusionFilters";
    private static final String SCANNING = "imageScanningConfiguration";
    private static final String ENCRYPTION = "encryptionConfiguration";

    /// Makes it, or what differs as it is wanted.
    ///
    /// @throws IOException if it is there and encrypted in another way, which nothing changes
    void settle() throws IOException {
        var found = find();
        if (found.isPresent()) {
            settle(found.get());
        } else if (!isCreated()) {
            settle(find().orElseThrow(() -> new IOException("it was deleted meanwhile")));
        }
    }

    private void settle(JsonNode found) throws IOException {
        settleMutability(found);
        settleScanning(found);
        refuseOtherEncryption(found);
        settleTags(found.path("repositoryArn").asString(""));
    }

    /// False if another node has made it meanwhile.
    private boolean isCreated() throws UpstreamException {
        try {
            create();
            return true;
        } catch (UpstreamException e) {
            if (String.valueOf(e.getMessage()).contains("RepositoryAlreadyExistsException")) {
                return false;
            }
            throw e;
        }
    }

    private Optional<JsonNode> find() throws UpstreamException {
        try {
            var input = JSON.createObjectNode();
            input.putArray("repositoryNames").add(wanted.name());
            var answer = api.call("DescribeRepositories", input.toString());
            return Optional.of(answer.path("repositories").path(0));
        } catch (UpstreamException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ObjectNode named() {
        return JSON.createObjectNode().put(NAME, wanted.name());
    }

    private void create() throws UpstreamException {
        var settings = wanted.settings();
        var input = named();
        putMutability(input);
        if (settings.scanOnPush() != null) {
            input.putObject(SCANNING).put("scanOnPush", settings.scanOnPush().booleanValue());
        }
        if (settings.encryption() != null) {
            var encryption = input.putObject(ENCRYPTION).put("encryptionType", settings.encryption());
            Optional.ofNullable(settings.kmsKey()).ifPresent(key -> encryption.put("kmsKey", key));
        }
        putTags(input, wanted.tags());
        var _ = api.call("CreateRepository", input.toString());
    }

    private void putMutability(ObjectNode input) {
        if (wanted.settings().mutability() != null) {
            input.put(MUTABILITY, wanted.settings().mutability());
        }
        if (!wanted.settings().exclusions().isEmpty()) {
            var filters = input.putArray(EXCLUSIONS);
            for (var filter : wanted.settings().exclusions()) {
                filters.addObject().put("filterType", "WILDCARD").put("filter", filter);
            }
        }
    }

    private static void putTags(ObjectNode input, List<ResourceTag> tags) {
        if (!tags.isEmpty()) {
            var all = input.putArray("tags");
            tags.forEach(tag -> all.addObject().put("Key", tag.key()).put("Value", tag.value()));
        }
    }

    private void settleMutability(JsonNode found) throws UpstreamException {
        var settings = wanted.settings();
        var filters = new ArrayList<String>();
        found.path(EXCLUSIONS)
                .forEach(filter -> filters.add(filter.path("filter").asString("")));
        var isSame = found.path(MUTABILITY).asString("").equals(settings.mutability())
                && filters.equals(settings.exclusions());
        if (settings.mutability() != null && !isSame) {
            var input = named();
            putMutability(input);
            var _ = api.call("PutImageTagMutability", input.toString());
        }
    }

    private void settleScanning(JsonNode found) throws UpstreamException {
        var scan = wanted.settings().scanOnPush();
        if (scan != null && found.path(SCANNING).path("scanOnPush").asBoolean(false) != scan) {
            var input = named();
            input.putObject(SCANNING).put("scanOnPush", scan.booleanValue());
            var _ = api.call("PutImageScanningConfiguration", input.toString());
        }
    }

    private void refuseOtherEncryption(JsonNode found) throws IOException {
        var type = wanted.settings().encryption();
        var is = found.path(ENCRYPTION).path("encryptionType").asString("");
        if (type != null && !type.equals(is)) {
            throw new IOException("encryption is %s there, which cannot be changed to %s".formatted(is, type));
        }
    }

    private void settleTags(String arn) throws UpstreamException {
        if (wanted.tags().isEmpty()) {
            return;
        }
        var input = JSON.createObjectNode().put("resourceArn", arn);
        var there = new HashMap<String, String>();
        for (var tag : api.call("ListTagsForResource", input.toString()).path("tags")) {
            there.put(tag.path("Key").asString(""), tag.path("Value").asString(""));
        }
        var missing = wanted.tags().stream()
                .filter(tag -> !tag.value().equals(there.get(tag.key())))
                .toList();
        if (!missing.isEmpty()) {
            putTags(input, missing);
            var _ = api.call("TagResource", input.toString());
        }
    }
}
