package entrepot.operation.signing;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on signatures that the registry makes.
public record SigningOperations(List<Operation<?, ?>> all) implements Family {

    public static SigningOperations with(Means means) {
        var metadata = means.metadata();
        return new SigningOperations(List.of(
                new PutSigningConfiguration(metadata),
                new GetSigningConfiguration(metadata),
                new DeleteSigningConfiguration(metadata),
                new DescribeImageSigningStatus(metadata)));
    }
}
