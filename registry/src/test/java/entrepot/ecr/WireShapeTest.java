package entrepot.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;

/// Our records against the AWS SDK's own description of the wire.
class WireShapeTest {

    private static final Map<String, String> ONLY_ON_V2 =
            Map.of("PutImage", "furtherTags", "CompleteLayerUpload", "lastPart");

    static Stream<Class<?>> operations() {
        return BuiltOperations.all();
    }

    @Test
    void the_operations_are_found() {
        assertThat(operations()).hasSizeGreaterThanOrEqualTo(18);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_input_has_the_members_of_the_request(Class<?> operation) throws ReflectiveOperationException {
        var input = BuiltOperations.part(operation, "Input");
        var ours = new ArrayList<>(names(input));
        ours.remove(ONLY_ON_V2.getOrDefault(operation.getSimpleName(), ""));

        assertThat(ours).hasSameElementsAs(fields(sdk(operation, "Request")).keySet());
        assertNested(input, sdk(operation, "Request"), operation.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_output_has_no_members_that_the_response_does_not(Class<?> operation) throws ReflectiveOperationException {
        var output = BuiltOperations.part(operation, "Output");
        var ours = new TreeSet<>(names(output));
        ours.removeAll(operation.getSimpleName().equals("PutImage") ? List.of("subject") : List.of());

        assertThat(fields(sdk(operation, "Response")).keySet()).containsAll(ours);
        assertNested(output, sdk(operation, "Response"), operation.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void only_what_the_model_requires_may_not_be_null(Class<?> operation) {
        var required = new TreeSet<String>();
        ModelFacts.shape(ModelFacts.input(operation.getSimpleName()))
                .path("required")
                .forEach(name -> required.add(name.asString()));

        assertThat(Arrays.stream(BuiltOperations.part(operation, "Input").getRecordComponents())
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName))
                .isSubsetOf(required);
    }

    /// Nested records, in lists too, answer members that AWS's have.
    private static void assertNested(Class<?> ours, SdkPojo theirs, String where) {
        var fields = fields(theirs);
        for (var component : ours.getRecordComponents()) {
            var record = record(component);
            var pojo = Optional.ofNullable(fields.get(component.getName())).flatMap(WireShapeTest::pojo);
            if (record.isPresent() && pojo.isPresent()) {
                var inside = where + "." + component.getName();
                assertThat(fields(pojo.get()).keySet()).as(inside).containsAll(names(record.get()));
                assertNested(record.get(), pojo.get(), inside);
            }
        }
    }

    private static Optional<Class<?>> record(RecordComponent component) {
        var type = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getGenericType();
        return type instanceof Class<?> found && found.isRecord() && !isValue(found)
                ? Optional.of(found)
                : Optional.empty();
    }

    /// A value of the domain is a text on the wire, whatever it is made of.
    private static boolean isValue(Class<?> record) {
        return record.getPackageName().equals("entrepot.domain")
                && !List.of("ImageIdentifier", "ResourceTag").contains(record.getSimpleName());
    }

    private static Optional<SdkPojo> pojo(SdkField<?> field) {
        var list = field.getOptionalTrait(ListTrait.class);
        SdkField<?> inside = list.isPresent() ? list.get().memberFieldInfo() : field;
        return Optional.ofNullable(inside.constructor()).map(Supplier::get);
    }

    /// In an AWS tag the members begin with a capital.
    private static List<String> names(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> record.getSimpleName().equals("ResourceTag") ? InputRecord.capitalised(name) : name)
                .toList();
    }

    private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
        var fields = new TreeMap<String, SdkField<?>>();
        pojo.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        return fields;
    }

    private static SdkPojo sdk(Class<?> operation, String part) throws ReflectiveOperationException {
        return (SdkPojo) Class.forName("software.amazon.awssdk.services.ecr.model." + operation.getSimpleName() + part)
                .getMethod("builder")
                .invoke(null);
    }
}
