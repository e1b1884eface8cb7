package dev.caretaker.sandbox.market;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer in EC2's XML. */
final class Ec2Answer {
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final String REQUEST = "00000000-0000-0000-0000-000000000000";

  private final XMLStreamWriter xml;

  private Ec2Answer(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** What stands within an element. */
  interface Body {
    void write(Ec2Answer answer) throws XMLStreamException;
  }

  /** What stands in an item of a list. */
  interface Item<T> {
    void write(Ec2Answer answer, T item) throws XMLStreamException;
  }

  static String to(String action, Body body) {
    return document(
        action + "Response",
        answer -> {
          answer.text("requestId", REQUEST);
          body.write(answer);
        });
  }

  static String error(Ec2Error error) {
    return document(
        "Response",
        answer -> {
          answer.element(
              "Errors",
              errors ->
                  errors.element(
                      "Error",
                      each ->
                          each.text("Code", error.code())
                              .text("Message", String.valueOf(error.getMessage()))));
          answer.text("RequestID", REQUEST);
        });
  }

  private static String document(String root, Body body) {
    var text = new StringWriter();
    try {
      var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument();
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(NAMESPACE);
      body.write(new Ec2Answer(xml));
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("an answer is not XML", impossible);
    }
    return text.toString();
  }

  Ec2Answer characters(String value) throws XMLStreamException {
    xml.writeCharacters(value);
    return this;
  }

  Ec2Answer text(String name, String value) throws XMLStreamException {
    return element(name, answer -> answer.characters(value));
  }

  Ec2Answer text(String name, Optional<String> value) throws XMLStreamException {
    return value.isPresent() ? text(name, value.get()) : this;
  }

  Ec2Answer element(String name, Body body) throws XMLStreamException {
    xml.writeStartElement(name);
    body.write(this);
    xml.writeEndElement();
    return this;
  }

  <T> Ec2Answer list(String name, Collection<T> items, Item<T> body) throws XMLStreamException {
    return element(
        name,
        answer -> {
          for (T item : items) {
            answer.element("item", each -> body.write(each, item));
          }
        });
  }
}
