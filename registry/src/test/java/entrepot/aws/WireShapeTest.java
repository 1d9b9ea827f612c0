package entrepot.aws;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

/// The records of every operation that is built, against the AWS SDK's own description of the wire.
class WireShapeTest {

    /// What says how much of nothing is wanted, or whose, or how a trial is made: none of these is here.
    private static final Set<String> UNREAD = Set.of(
            "ListGroupsForUser.MaxItems",
            "ListMFADevices.MaxItems",
            "ListSSHPublicKeys.MaxItems",
            "ListSigningCertificates.MaxItems",
            "ListServiceSpecificCredentials.MaxItems",
            "ListServiceSpecificCredentials.AllUsers",
            "ListServiceSpecificCredentials.ServiceName",
            "ListVirtualMFADevices.MaxItems",
            "ListVirtualMFADevices.Marker",
            "ListKeys.ResourceOwners",
            "Decrypt.DryRunModifiers",
            "ReEncrypt.DryRunModifiers");

    /// Members that the model's table has and this SDK is too old for.
    private static final Set<String> NEWER = Set.of(
            "CreateSecret.CrossAccountPrimaryARN",
            "GetResourcePolicy.PolicyName",
            "PutResourcePolicy.PolicyName",
            "DeleteResourcePolicy.PolicyName");

    private static boolean hasCapitals(Service service) {
        return service.protocol() == Service.Protocol.QUERY
                || Set.of("kms", "secretsmanager").contains(service.name());
    }

    /// @param service of the operation
    record Case(Service service, Operation<?, ?> operation) {

        SdkPojo request() throws ReflectiveOperationException {
            return SdkModel.of(service.name()).request(operation.name());
        }

        SdkPojo response() throws ReflectiveOperationException {
            return SdkModel.of(service.name()).response(operation.name());
        }

        /// Members of the record as they are on the wire: in the Query protocol, in KMS, in Secrets Manager and in an
        /// AWS tag, they
        /// begin with a capital.
        List<String> names(Class<?> record) {
            var capitals = hasCapitals(service) || record.getSimpleName().equals("ResourceTag");
            return Arrays.stream(record.getRecordComponents())
                    .map(RecordComponent::getName)
                    .filter(name -> !Built.isOfV2(operation.name(), name))
                    .map(name -> capitals ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name)
                    .toList();
        }

        /// Answers are written by the model's names, whose capitals are not always Java's.
        Set<String> known(Collection<String> names) {
            var known = hasCapitals(service) ? new TreeSet<>(String.CASE_INSENSITIVE_ORDER) : new TreeSet<String>();
            known.addAll(names);
            return known;
        }

        @Override
        public String toString() {
            return service.name() + ":" + operation.name();
        }
    }

    static Stream<Case> operations() {
        return Built.FAMILIES.services().stream()
                .flatMap(service -> Built.of(service).stream().map(operation -> new Case(service, operation)));
    }

    /// What the model's table has, which is of a newer day than the SDK.
    private static final Set<String> NOT_YET = Set.of("deleteReplication");

    @ParameterizedTest
    @MethodSource("operations")
    void an_input_has_the_members_of_the_request(Case built) throws ReflectiveOperationException {
        var input = Built.input(built.operation());

        var read = new TreeSet<>(SdkModel.fields(built.request()).keySet());
        read.removeIf(name -> UNREAD.contains(built.operation().name() + "." + name));
        var names = new TreeSet<>(built.names(input));
        names.removeIf(name -> NEWER.contains(built.operation().name() + "." + name));
        assertThat(names).hasSameElementsAs(read);
        assertNested(built, input, built.request(), built.toString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_output_has_no_members_that_the_response_does_not(Case built) throws ReflectiveOperationException {
        var output = Built.output(built.operation());

        assertThat(built.names(output))
                .allMatch(built.known(SdkModel.fields(built.response()).keySet())::contains);
        assertNested(built, output, built.response(), built.toString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void only_what_the_model_requires_may_not_be_null(Case built) {
        var model = built.service().model();
        var shape = model.operation(built.operation().name()).input();
        var required =
                shape.isEmpty() ? Set.<String>of() : model.structure(shape).required();

        assertThat(Arrays.stream(Built.input(built.operation()).getRecordComponents())
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName))
                .allMatch(name -> required.stream().anyMatch(name::equalsIgnoreCase));
    }

    @Test
    void what_v2_alone_has_is_a_member_of_an_operation_that_it_calls_and_in_no_model() {
        var oci = Built.FAMILIES.oci();
        var members = Stream.of(oci.images(), oci.layers(), oci.repositories())
                .flatMap(family -> family.inApi().stream())
                .map(operation -> new Case(Built.FAMILIES.ecr(), operation))
                .flatMap(WireShapeTest::unmodelled);

        assertThat(members).containsExactlyInAnyOrderElementsOf(Built.OF_V2);
    }

    private static Stream<String> unmodelled(Case built) {
        var operation = built.operation();
        var model = built.service().model();
        var signature = model.operation(operation.name());
        var modelled = Stream.of(signature.input(), signature.output())
                .flatMap(shape -> model.structure(shape).members().keySet().stream())
                .toList();
        return Stream.of(Built.input(operation), Built.output(operation))
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .map(RecordComponent::getName)
                .filter(name -> !modelled.contains(name))
                .map(name -> operation.name() + "." + name);
    }

    /// Nested records, in lists too, answer members that AWS's have.
    private static void assertNested(Case built, Class<?> ours, SdkPojo theirs, String where) {
        for (var component : ours.getRecordComponents()) {
            var record = record(component);
            var pojo = SdkModel.fields(theirs).values().stream()
                    .filter(field -> field.locationName().equalsIgnoreCase(component.getName()))
                    .findFirst()
                    .flatMap(WireShapeTest::pojo);
            if (record.isPresent() && pojo.isPresent()) {
                var inside = where + "." + component.getName();
                var known = built.known(SdkModel.fields(pojo.get()).keySet());
                assertThat(built.names(record.get()))
                        .as(inside)
                        .allMatch(name -> known.contains(name) || NOT_YET.contains(name));
                assertNested(built, record.get(), pojo.get(), inside);
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
}
