package entrepot.aws;

import entrepot.aws.model.ApiModel;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of AWS's APIs: every operation that its model has, and those of them that this registry has.
///
/// @param name what a credential is scoped to, and what stands before the colon of an IAM action
/// @param version of the API, as a request of the Query protocol names it
/// @param entries by the operation's name
public record Service(String name, Protocol protocol, String version, ApiModel model, Map<String, Entry> entries) {

    /// How a request says what it wants.
    public enum Protocol {
        JSON_1_1,
        QUERY
    }

    /// What there is under a name of the model's.
    public sealed interface Entry {

        record Built(Operation<?, ?> operation) implements Entry {}

        record NotBuilt() implements Entry {}
    }

    public Service {
        entries = Map.copyOf(entries);
    }

    public static Service ecr(List<? extends Family> families) {
        return of("ecr", Protocol.JSON_1_1, "2015-09-21", model("ecr.json"), families);
    }

    public static Service iam(List<? extends Family> families) {
        return of("iam", Protocol.QUERY, "2010-05-08", model("iam.json"), families);
    }

    public static Service sts(List<? extends Family> families) {
        return of("sts", Protocol.QUERY, "2011-06-15", model("sts.json"), families);
    }

    public static Service kms(List<? extends Family> families) {
        return of("kms", Protocol.JSON_1_1, "2014-11-01", model("kms.json"), families);
    }

    public static Service secrets(List<? extends Family> families) {
        return of("secretsmanager", Protocol.JSON_1_1, "2017-10-17", model("secretsmanager.json"), families);
    }

    private static ApiModel model(String file) {
        return ApiModel.of(Service.class, file);
    }

    private static Service of(
            String name, Protocol protocol, String version, ApiModel model, List<? extends Family> families) {
        return new Service(name, protocol, version, model, entries(model, families));
    }

    /// Fails if one of the operations has a name that is not the model's, or another one's.
    private static Map<String, Entry> entries(ApiModel model, List<? extends Family> families) {
        var entries = new HashMap<String, Entry>();
        model.names().forEach(name -> entries.put(name, new Entry.NotBuilt()));
        for (var operation :
                families.stream().flatMap(family -> family.inApi().stream()).toList()) {
            var before = entries.put(operation.name(), new Entry.Built(operation));
            if (!(before instanceof Entry.NotBuilt)) {
                throw new IllegalArgumentException("not one operation of the model: " + operation.name());
            }
        }
        return entries;
    }

    /// Empty for a name that the model does not have.
    public Optional<Entry> find(String operation) {
        return Optional.ofNullable(entries.get(operation));
    }
}
