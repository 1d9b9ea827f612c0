package entrepot.aws.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every place in an operation's request where there is a value: its members, theirs, and elements of lists.
final class ModelSites {

    /// @param pointer to the value in a document (RFC 6901)
    /// @param name as ECR's messages call it
    /// @param isElement of a list of plain values
    record Site(String pointer, String name, String shape, boolean required, boolean isElement) {}

    /// Values that match the patterns there are.
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("RegistryId", "012345678901"),
            Map.entry("RepositoryName", "team/app"),
            Map.entry("ReplicationBackfillId", "0197c5a0-2222-7222-8333-0123456789ab"),
            Map.entry("UploadId", "0197c5a0-1111-7222-8333-0123456789ab"),
            Map.entry("LayerDigest", "sha256:" + "a".repeat(64)),
            Map.entry("KmsKeyForRepositoryCreationTemplate", "arn:aws:kms:us-east-1:012345678901:key/k"),
            Map.entry("PrincipalArn", "arn:aws:iam::012345678901:role/scanner"),
            Map.entry("SigningProfileArn", "arn:aws:signer:us-east-1:012345678901:/signing-profiles/ci"),
            Map.entry("ImageTagMutabilityExclusionFilterValue", "v*"),
            Map.entry(
                    "CredentialArn",
                    "arn:aws:secretsmanager:us-east-1:012345678901:secret:ecr-pullthroughcache/hub-AbCdEf"));

    private final List<Site> sites = new ArrayList<>();

    static List<Site> of(String structure) {
        var sites = new ModelSites();
        sites.members(structure, "", "");
        return sites.sites;
    }

    private void members(String structure, String pointer, String prefix) {
        var required = required(structure);
        ModelFacts.shape(structure).path("members").properties().forEach(member -> {
            var shape = member.getValue().asString();
            var name = member.getKey();
            sites.add(new Site(pointer + "/" + name, prefix + name, shape, required.contains(name), false));
            inside(shape, pointer + "/" + name, prefix + name);
        });
    }

    private void inside(String shape, String pointer, String name) {
        switch (ModelFacts.type(shape)) {
            case "structure" -> members(shape, pointer, name + ".");
            case "list" -> element(ModelFacts.shape(shape).get("member").asString(), pointer + "/0", name);
            default -> {}
        }
    }

    private void element(String shape, String pointer, String name) {
        sites.add(new Site(pointer, name, shape, true, true));
        inside(shape, pointer, name + ".1.member");
    }

    private static Set<String> required(String structure) {
        var names = new HashSet<String>();
        ModelFacts.shape(structure).path("required").forEach(name -> names.add(name.asString()));
        return names;
    }

    /// A value of the shape, with all its members.
    static JsonNode example(String shape) {
        var facts = ModelFacts.shape(shape);
        var nodes = ModelFacts.MAPPER.getNodeFactory();
        return switch (ModelFacts.type(shape)) {
            case "structure" -> structure(facts);
            case "list" -> nodes.arrayNode().add(example(facts.get("member").asString()));
            case "integer", "long" -> nodes.numberNode(7);
            case "boolean" -> nodes.booleanNode(true);
            case "blob" -> nodes.stringNode("AAAA");
            default -> nodes.stringNode(text(shape, facts));
        };
    }

    private static ObjectNode structure(JsonNode facts) {
        var example = ModelFacts.MAPPER.createObjectNode();
        facts.path("members")
                .properties()
                .forEach(member ->
                        example.set(member.getKey(), example(member.getValue().asString())));
        return example;
    }

    private static String text(String shape, JsonNode facts) {
        return facts.has("enum")
                ? facts.get("enum").get(0).asString()
                : EXAMPLES.getOrDefault(
                        shape, "text".repeat(Math.ceilDiv(facts.path("min").asInt(1), 4)));
    }
}
