package dev.firedrill.harness.cluster.embedded.apiserver.security;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate authority made for one server, and the certificate that it signed for it. The authority's key is
 * forgotten at once.
 *
 * @param authorityPem the certificate that clients trust
 * @param certificate the server's, for its address and names
 * @param key the server's private key
 */
public record ServerIdentity(String authorityPem, X509Certificate certificate, PrivateKey key) {
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final List<String> NAMES = List.of(
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local");

    /**
     * Makes an identity.
     *
     * @param addresses the server's IP addresses
     */
    public static ServerIdentity create(List<String> addresses) {
        try {
            SecureRandom random = new SecureRandom();
            KeyPair authorityKeys = keys(random);
            KeyPair serverKeys = keys(random);
            X500Name authorityName = new X500Name("CN=firedrill-embedded-ca");
            X509Certificate authority = authority(authorityName, authorityKeys, random);
            X509Certificate server = server(authorityName, authorityKeys, serverKeys, addresses, random);
            return new ServerIdentity(pem(new JcaMiscPEMGenerator(authority)), server, serverKeys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("this JVM cannot make an EC certificate", impossible);
        }
    }

    private static KeyPair keys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static X509Certificate authority(X500Name name, KeyPair keys, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X509v3CertificateBuilder builder = builder(name, name, keys, random);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        return sign(builder, keys);
    }

    private static X509Certificate server(
            X500Name issuer, KeyPair authority, KeyPair keys, List<String> addresses, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=kube-apiserver"), keys, random);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        List<GeneralName> alternatives = new ArrayList<>();
        NAMES.forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> alternatives.add(new GeneralName(GeneralName.iPAddress, address)));
        GeneralNames names = new GeneralNames(alternatives.toArray(GeneralName[]::new));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
        return sign(builder, authority);
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, SecureRandom random) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(VALID)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        X509CertificateHolder holder =
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(holder);
    }

    private static String pem(PemObjectGenerator object) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
