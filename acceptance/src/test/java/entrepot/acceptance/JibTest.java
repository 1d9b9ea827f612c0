package entrepot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibTest {

    private final String repository = Served.newRepository();

    @TempDir
    Path folder;

    @BeforeAll
    static void plain_http_may_carry_the_login() {
        System.setProperty("sendCredentialsOverHttp", "true");
    }

    @Test
    void push_an_image_from_scratch_and_one_built_on_it() throws Exception {
        var base = push(Jib.fromScratch().addFileEntriesLayer(layer("base", 3_000_000)), "base");
        var onTop = push(Jib.from(image("base")).addFileEntriesLayer(layer("app", 2_000)), "app");
        assertThat(digestOf("base")).isEqualTo(base.getDigest());
        assertThat(digestOf("app")).isEqualTo(onTop.getDigest());
    }

    @Test
    void push_keeps_the_oci_format() throws Exception {
        push(Jib.fromScratch().setFormat(ImageFormat.OCI).addFileEntriesLayer(layer("oci", 100)), "oci");
        try (var registry = new OciPush()) {
            assertThat(registry.manifest(repository, "oci").headers().firstValue("Content-Type"))
                    .hasValue(SampleImage.TYPE);
        }
    }

    @Test
    void pull_one_platform_of_an_index_as_a_base() throws Exception {
        var platforms = Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux"));
        push(Jib.fromScratch().setPlatforms(platforms).addFileEntriesLayer(layer("both", 100)), "both");
        var arm = Jib.from(image("both")).setPlatforms(Set.of(new Platform("arm64", "linux")));
        assertThat(push(arm.addFileEntriesLayer(layer("arm", 100)), "arm").getDigest())
                .isNotNull();
    }

    @Test
    void a_wrong_password_is_refused() throws IOException {
        var builder = Jib.fromScratch().addFileEntriesLayer(layer("none", 10));
        assertThatExceptionOfType(RegistryUnauthorizedException.class)
                .isThrownBy(() -> builder.containerize(containerizer("none", "wrong")));
    }

    private JibContainer push(JibContainerBuilder builder, String tag) throws Exception {
        return builder.containerize(containerizer(tag, Served.password()));
    }

    private Containerizer containerizer(String tag, String password) throws Exception {
        return Containerizer.to(RegistryImage.named(name(tag)).addCredential("AWS", password))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(folder.resolve("base-cache"))
                .setApplicationLayersCache(folder.resolve("cache"));
    }

    private RegistryImage image(String tag) throws Exception {
        return RegistryImage.named(name(tag)).addCredential("AWS", Served.password());
    }

    private String name(String tag) {
        return "%s/%s:%s".formatted(Served.host(), repository, tag);
    }

    private DescriptorDigest digestOf(String tag) throws Exception {
        var found = Served.ECR.listImages(request -> request.repositoryName(repository)).imageIds().stream()
                .filter(image -> tag.equals(image.imageTag()))
                .findFirst()
                .orElseThrow();
        return DescriptorDigest.fromDigest(found.imageDigest());
    }

    private FileEntriesLayer layer(String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random().nextBytes(bytes);
        var file = Files.write(folder.resolve(name), bytes);
        return FileEntriesLayer.builder()
                .setName(name)
                .addEntry(file, AbsoluteUnixPath.get("/" + name))
                .build();
    }
}
