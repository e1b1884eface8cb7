package dev.caretaker.sandbox.hosts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * supervisord's XML-RPC over loopback: the sandbox looks often, and supervisorctl starts slowly.
 */
final class SupervisordDoor {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final URI url;
  private final String authorization;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  SupervisordDoor(SupervisordFiles.Door door) {
    this.url = URI.create("http://127.0.0.1:" + door.port() + "/RPC2");
    var user = "sandbox:" + door.password();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal in supervisord's own words. */
  static final class Fault extends IOException {
    private static final long serialVersionUID = 1L;

    Fault(String words) {
      super(words);
    }
  }

  /** The fields of one process, as supervisord names them. */
  Map<String, String> info(String program) throws IOException {
    return members(call("supervisor.getProcessInfo", text(program)));
  }

  /** Starts it and returns at once. */
  void start(String program) throws IOException {
    call("supervisor.startProcess", text(program), "<boolean>0</boolean>");
  }

  /** Asks all processes to end and returns at once. */
  void stopAll() throws IOException {
    call("supervisor.stopAllProcesses", "<boolean>0</boolean>");
  }

  private static String text(String value) {
    return "<string>" + value.replace("&", "&amp;").replace("<", "&lt;") + "</string>";
  }

  private Document call(String method, String... values) throws IOException {
    var body = new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>");
    body.append(method).append("</methodName><params>");
    for (var value : values) {
      body.append("<param><value>").append(value).append("</value></param>");
    }
    body.append("</params></methodCall>");
    var request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "text/xml")
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(method + " on supervisord: status " + answer.statusCode());
      }
      return checked(parse(answer.body()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException(method + " was given up", stopping);
    }
  }

  private static Document parse(byte[] body) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
    } catch (ParserConfigurationException | SAXException odd) {
      throw new IOException("supervisord's answer makes no sense", odd);
    }
  }

  private static Document checked(Document answer) throws Fault {
    if (answer.getElementsByTagName("fault").getLength() > 0) {
      throw new Fault(members(answer).getOrDefault("faultString", "a fault without words"));
    }
    return answer;
  }

  private static Map<String, String> members(Document answer) {
    var members = new TreeMap<String, String>();
    NodeList all = answer.getElementsByTagName("member");
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element member) {
        var name = member.getElementsByTagName("name").item(0).getTextContent();
        members.put(name, member.getElementsByTagName("value").item(0).getTextContent().strip());
      }
    }
    return members;
  }
}
