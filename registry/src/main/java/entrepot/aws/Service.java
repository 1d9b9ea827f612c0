package entrepot.aws;

import entrepot.aws.model.ApiModel;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of AWS's APIs: every operation that its model has, and those of them that this registry has. The model is read
/// when somebody first asks for it, so that a start waits for none.
public final class Service {

    private final String name;
    private final Protocol protocol;
    private final String version;
    private final String file;
    private final List<? extends Family> families;
    private volatile @Nullable Known known;

    private record Known(ApiModel model, Map<String, Entry> entries) {}

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

    private Service(String name, Protocol protocol, String version, String file, List<? extends Family> families) {
        this.name = name;
        this.protocol = protocol;
        this.version = version;
        this.file = file;
        this.families = families;
    }

    public static Service ecr(List<? extends Family> families) {
        return new Service("ecr", Protocol.JSON_1_1, "2015-09-21", "ecr.json", families);
    }

    public static Service iam(List<? extends Family> families) {
        return new Service("iam", Protocol.QUERY, "2010-05-08", "iam.json", families);
    }

    public static Service sts(List<? extends Family> families) {
        return new Service("sts", Protocol.QUERY, "2011-06-15", "sts.json", families);
    }

    public static Service kms(List<? extends Family> families) {
        return new Service("kms", Protocol.JSON_1_1, "2014-11-01", "kms.json", families);
    }

    public static Service secrets(List<? extends Family> families) {
        return new Service("secretsmanager", Protocol.JSON_1_1, "2017-10-17", "secretsmanager.json", families);
    }

    /// What a credential is scoped to, and what stands before the colon of an IAM action.
    public String name() {
        return name;
    }

    public Protocol protocol() {
        return protocol;
    }

    /// Of the API, as a request of the Query protocol names it.
    public String version() {
        return version;
    }

    public ApiModel model() {
        return known().model();
    }

    /// By the operation's name.
    ///
    /// @throws IllegalArgumentException if an operation's name is not the model's, or is another one's
    public Map<String, Entry> entries() {
        return known().entries();
    }

    private Known known() {
        var read = known;
        return read == null ? read() : read;
    }

    private synchronized Known read() {
        var read = known;
        if (read == null) {
            var model = ApiModel.of(Service.class, file);
            read = new Known(model, Map.copyOf(entries(model, families)));
            known = read;
        }
        return read;
    }

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
        return Optional.ofNullable(entries().get(operation));
    }
}
