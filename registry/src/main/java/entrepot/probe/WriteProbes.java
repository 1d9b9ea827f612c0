package entrepot.probe;

import java.util.List;
import java.util.Map;

/// What can be told only by writing: into repositories that are made for it, and deleted after.
record WriteProbes(Scratch scratch) {

    void run() {
        try {
            repository();
            settings();
            new LayerProbes(scratch).run();
            new ImageProbes(scratch).run();
            deletion();
        } finally {
            scratch.see("DeleteRepository", "with its images", Expectation.good(), "force", true);
        }
    }

    private void repository() {
        scratch.see("CreateRepository", "a new one", Expectation.good());
        scratch.see(
                "CreateRepository",
                "one that is there",
                Expectation.refusal("RepositoryAlreadyExistsException")
                        .saying("The repository with name '" + scratch.name()
                                + "' already exists in the registry with id '"));
    }

    private void settings() {
        scratch.see(
                "GetLifecyclePolicy",
                "one that was never put",
                Expectation.refusal("LifecyclePolicyNotFoundException")
                        .saying("Lifecycle policy does not exist for the repository with name '" + scratch.name()
                                + "' in the registry with id '"));
        scratch.see(
                "GetRepositoryPolicy",
                "one that was never set",
                Expectation.refusal("RepositoryPolicyNotFoundException"));
        scratch.see(
                "SetRepositoryPolicy",
                "a text that is no policy",
                Expectation.refusal("InvalidParameterException")
                        .saying("Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository"
                                + " policy provided'"),
                "policyText",
                "{}");
        scratch.see(
                "PutImageTagMutability",
                "exclusions that are not told",
                Expectation.refusal("InvalidParameterException")
                        .saying("ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as"
                                + " IMMUTABLE_WITH_EXCLUSION"),
                "imageTagMutability",
                "IMMUTABLE_WITH_EXCLUSION");
        scratch.probing()
                .see(
                        "DescribeRepositories",
                        "the new one",
                        Map.of("repositoryNames", List.of(scratch.name())),
                        Expectation.good(
                                "one repository",
                                heard -> heard.json().path("repositories").size() == 1));
    }

    private void deletion() {
        scratch.see(
                "DeleteRepository",
                "one with images",
                Expectation.refusal("RepositoryNotEmptyException")
                        .saying("The repository with name '" + scratch.name() + "' in registry with id '"));
    }
}
