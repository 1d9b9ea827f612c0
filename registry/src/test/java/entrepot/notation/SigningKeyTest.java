package entrepot.notation;

import static entrepot.notation.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.notation.BadKeyException.Part;
import entrepot.notation.TestAuthority.Holder;
import entrepot.notation.TestAuthority.Says;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final KeyPair KEYS = TestAuthority.ec("secp384r1");
    private static final Holder ROOT = TestAuthority.root();
    private static final Holder LEAF = TestAuthority.by(ROOT, Says.SIGNER, KEYS);

    @TempDir
    Path folder;

    private TestAuthority files;

    @BeforeEach
    void open() {
        files = new TestAuthority(folder);
    }

    private SigningKey read(Holder holder, Holder... rest) throws Exception {
        var chain = new Holder[rest.length + 1];
        chain[0] = holder;
        System.arraycopy(rest, 0, chain, 1, rest.length);
        return SigningKey.read(files.key("key", holder), files.chain("chain", chain), NOW);
    }

    private String refused(Part part, Holder holder, Holder... rest) {
        var refusal = catchThrowableOfType(BadKeyException.class, () -> read(holder, rest));
        assertThat(refusal).isNotNull();
        assertThat(refusal.part()).isEqualTo(part);
        return String.valueOf(refusal.getMessage());
    }

    private String refused(Says says) {
        return refused(Part.CHAIN, TestAuthority.by(ROOT, says, KEYS), ROOT);
    }

    @Test
    void a_key_with_its_chain_is_read_and_says_nothing_of_itself() throws Exception {
        var key = read(LEAF, ROOT);
        assertThat(key.chain())
                .containsExactly(
                        LEAF.certificate().getEncoded(), ROOT.certificate().getEncoded());
        assertThat(key).hasToString("key of " + LEAF.certificate().getSubjectX500Principal());
    }

    @Test
    void a_chain_may_have_authorities_in_between() throws Exception {
        var middle = TestAuthority.by(ROOT, Says.AUTHORITY.called("CN=Middle"), TestAuthority.ec("secp256r1"));
        assertThat(read(TestAuthority.by(middle, Says.SIGNER, KEYS), middle, ROOT)
                        .chain())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, ES256", "secp384r1, ES384", "secp521r1, ES512", "2048, PS256", "3072, PS384", "4096, PS512"
    })
    void each_kind_of_key_signs_by_its_own_algorithm(String kind, Algorithm algorithm) throws Exception {
        var keys = kind.startsWith("secp") ? TestAuthority.ec(kind) : TestAuthority.rsa(Integer.parseInt(kind));
        assertThat(read(TestAuthority.by(ROOT, Says.SIGNER, keys), ROOT).algorithm())
                .isEqualTo(algorithm);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2560})
    void a_key_of_rsa_of_another_size_is_refused(int bits) {
        assertThat(refused(Part.CHAIN, TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.rsa(bits)), ROOT))
                .contains("2048, 3072 or 4096");
    }

    @Test
    void keys_are_read_as_openssl_writes_them_by_default_and_of_old() throws Exception {
        var chain = files.chain("chain", LEAF, ROOT);
        var old = PrivateKeyInfo.getInstance(KEYS.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        SigningKey.read(files.key("old", "EC PRIVATE KEY", old), chain, NOW);

        var rsa = TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.rsa(2048));
        var pkcs1 = PrivateKeyInfo.getInstance(rsa.keys().getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        SigningKey.read(files.key("pkcs1", "RSA PRIVATE KEY", pkcs1), files.chain("rsa", rsa, ROOT), NOW);
    }

    @Test
    void files_that_are_not_there_or_hold_something_else_are_refused_by_name() throws Exception {
        var key = files.key("key", LEAF);
        var chain = files.chain("chain", LEAF, ROOT);
        var empty = Files.writeString(folder.resolve("empty"), "nothing");

        assertThat(refusedFiles(folder.resolve("none"), chain))
                .isEqualTo("KEY " + folder.resolve("none") + " cannot be read");
        assertThat(refusedFiles(key, folder.resolve("none")))
                .isEqualTo("CHAIN " + folder.resolve("none") + " cannot be read");
        assertThat(refusedFiles(empty, chain)).contains("KEY ", "has no private key of EC in PEM");
        assertThat(refusedFiles(key, empty)).isEqualTo("CHAIN " + empty + " has no certificate in PEM");
        assertThat(refusedFiles(files.key("bad", "PRIVATE KEY", new byte[] {1, 2}), chain))
                .startsWith("KEY ");
        var locked =
                files.key("locked", "ENCRYPTED PRIVATE KEY", KEYS.getPrivate().getEncoded());
        assertThat(refusedFiles(locked, chain)).contains("not encrypted");
        var noCertificate = files.key("odd", "CERTIFICATE", new byte[] {1});
        assertThat(refusedFiles(key, noCertificate)).contains("has a certificate that cannot be read");
    }

    private static String refusedFiles(Path key, Path chain) {
        var refusal = catchThrowableOfType(BadKeyException.class, () -> SigningKey.read(key, chain, NOW));
        return refusal.part() + " " + refusal.getMessage();
    }

    @Test
    void the_key_must_be_that_of_the_first_certificate() throws Exception {
        var other = files.key("other", TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.ec("secp384r1")));
        assertThat(refusedFiles(other, files.chain("chain", LEAF, ROOT)))
                .isEqualTo("KEY " + other + " is not the key of the first certificate");
        var rsa = files.key("rsa", TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.rsa(2048)));
        assertThat(refusedFiles(rsa, files.chain("chain", LEAF, ROOT))).startsWith("KEY ");
    }

    @Test
    void what_is_not_valid_now_is_refused_be_it_the_signers_or_an_authoritys() {
        assertThat(refused(Says.SIGNER.valid(NOW.minus(DAY), NOW.minusSeconds(1))))
                .contains("CN=ci", "is valid from");
        assertThat(refused(Says.SIGNER.valid(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(2)))))
                .contains("is valid from");
        var old = TestAuthority.root(Says.AUTHORITY.valid(NOW.minus(DAY), NOW.minusSeconds(1)));
        assertThat(refused(Part.CHAIN, TestAuthority.by(old, Says.SIGNER, KEYS), old))
                .contains("CN=Test CA", "is valid from");
    }

    @Test
    void a_key_knows_when_it_is_over() throws Exception {
        var key = read(LEAF, ROOT);
        assertThat(key.isOver(NOW.plus(Duration.ofDays(364)))).isFalse();
        assertThat(key.isOver(NOW.plus(Duration.ofDays(366)))).isTrue();
    }

    @Test
    void a_chain_must_lead_to_its_root() {
        assertThat(refused(Part.CHAIN, LEAF)).contains("is no root");
        assertThat(refused(Part.CHAIN, LEAF, TestAuthority.root(Says.AUTHORITY.called("CN=Other"))))
                .contains("is not signed by the next one");
        var namesake = TestAuthority.root();
        assertThat(refused(Part.CHAIN, LEAF, namesake)).contains("is not signed by");
    }

    @Test
    void an_authority_must_be_one() {
        var noCa = TestAuthority.root(Says.AUTHORITY.authority(false));
        assertThat(refused(Part.CHAIN, TestAuthority.by(noCa, Says.SIGNER, KEYS), noCa))
                .contains("CA:TRUE");
        var uncritical = TestAuthority.root(Says.AUTHORITY.uncritical());
        assertThat(refused(Part.CHAIN, TestAuthority.by(uncritical, Says.SIGNER, KEYS), uncritical))
                .contains("critical");
        var noSigner = TestAuthority.root(Says.AUTHORITY.usage(KeyUsage.cRLSign));
        assertThat(refused(Part.CHAIN, TestAuthority.by(noSigner, Says.SIGNER, KEYS), noSigner))
                .contains("keyCertSign");
    }

    @Test
    void a_signers_key_signs_code_and_nothing_else() throws GeneralSecurityException, IOException {
        assertThat(refused(Says.SIGNER.usage(0))).contains("digitalSignature");
        assertThat(refused(Says.SIGNER.uncritical())).contains("digitalSignature");
        assertThat(refused(Says.SIGNER.usage(KeyUsage.keyEncipherment))).contains("digitalSignature");
        assertThat(refused(Says.SIGNER.usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)))
                .contains("and no other");
        assertThat(refused(Says.SIGNER.purpose(KeyPurposeId.id_kp_serverAuth))).contains("codeSigning");
        assertThat(refused(Says.SIGNER.authority(true))).contains("signs no images");
    }
}
