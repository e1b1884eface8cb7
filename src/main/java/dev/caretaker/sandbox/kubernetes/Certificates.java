package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The keys of one API server, made at its start: an authority of its own, the server's certificate,
 * one client certificate of the group that may do everything, and one of the controllers.
 */
record Certificates(
    Identity authority, Identity server, Identity admin, Identity controllers, KeyPair tokens) {

  /** A key and the certificate that names its owner. */
  record Identity(KeyPair key, X509Certificate certificate) {

    String keyPem() {
      return pem(key.getPrivate());
    }

    String certificatePem() {
      return pem(certificate);
    }
  }

  /** A sandbox that is kept must outlive a long weekend, not a year. */
  private static final Duration VALID_FOR = Duration.ofDays(365);

  /** Room for clocks that differ between the makers and the readers of certificates. */
  private static final Duration VALID_BEFORE = Duration.ofHours(1);

  private static final X500Name AUTHORITY = new X500Name("CN=caretaker-sandbox");

  /** New keys, valid from now on. */
  static Certificates create(Instant now) {
    var authority = newKey();
    try {
      return new Certificates(
          new Identity(authority, sign(authorityCertificate(authority, now), authority)),
          identity("CN=kube-apiserver", KeyPurposeId.id_kp_serverAuth, authority, now),
          identity("O=system:masters,CN=admin", KeyPurposeId.id_kp_clientAuth, authority, now),
          identity(
              "CN=system:kube-controller-manager", KeyPurposeId.id_kp_clientAuth, authority, now),
          newKey());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("certificates need no more than this runtime has", e);
    }
  }

  /** A context that trusts only this authority and shows the admin's certificate. */
  SSLContext adminContext() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var chain = new X509Certificate[] {admin.certificate()};
      store.setKeyEntry("admin", admin.key().getPrivate(), new char[0], chain);
      store.setCertificateEntry("authority", authority.certificate());
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key store in memory needs no file", e);
    }
  }

  String tokenKeyPem() {
    return pem(tokens.getPrivate());
  }

  private static Identity identity(String subject, KeyPurposeId use, KeyPair authority, Instant now)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var key = newKey();
    var names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, "localhost")
            });
    var certificate = certificate(new X500Name(subject), key, now);
    certificate.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
    certificate.addExtension(Extension.subjectAlternativeName, false, names);
    return new Identity(key, sign(certificate, authority));
  }

  private static JcaX509v3CertificateBuilder authorityCertificate(KeyPair key, Instant now)
      throws IOException {
    var certificate = certificate(AUTHORITY, key, now);
    certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return certificate;
  }

  private static JcaX509v3CertificateBuilder certificate(X500Name name, KeyPair key, Instant now) {
    return new JcaX509v3CertificateBuilder(
        AUTHORITY,
        new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
        Date.from(now.minus(VALID_BEFORE)),
        Date.from(now.plus(VALID_FOR)),
        name,
        key.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder certificate, KeyPair authority)
      throws GeneralSecurityException, OperatorCreationException {
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(authority.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(certificate.build(signer));
  }

  /** RSA, because Kubernetes clients in Java read such keys without a further library. */
  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has RSA", e);
    }
  }

  private static String pem(Object key) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    } catch (IOException e) {
      throw new IllegalStateException("writing into memory cannot fail", e);
    }
    return text.toString();
  }
}
