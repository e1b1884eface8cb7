package dev.caretaker.adapter.elasticsearch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in exactly the authorities that a spec names. */
final class Tls {

  private Tls() {}

  /**
   * A context that trusts the certificates of a PEM text and nobody else.
   *
   * @throws IllegalArgumentException where the text holds no certificate
   */
  static SSLContext trusting(String pem) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new IllegalArgumentException("the CA holds no certificate in PEM");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "the CA is no certificate in PEM: " + unusable.getMessage(), unusable);
    }
  }
}
