package entrepot.operation.template;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on creation templates.
public record TemplateOperations(List<Operation<?, ?>> all) implements Family {

    public static TemplateOperations with(Means means) {
        var metadata = means.metadata();
        var needs = new TemplateNeeds(means.vault(), means.limits());
        return new TemplateOperations(List.of(
                new CreateRepositoryCreationTemplate(metadata, needs, means.clock()),
                new DescribeRepositoryCreationTemplates(metadata),
                new UpdateRepositoryCreationTemplate(metadata, needs, means.clock()),
                new DeleteRepositoryCreationTemplate(metadata)));
    }
}
