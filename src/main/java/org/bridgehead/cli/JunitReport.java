package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.bridgehead.whatif.PolicyCheck.Verdict;

/** Verdicts as a JUnit XML report, which build servers read: a test case a statement. */
final class JunitReport {
    private final PrintWriter out;

    JunitReport(PrintWriter out) {
        this.out = out;
    }

    void print(String suite, List<Verdict> verdicts) {
        long broken = verdicts.stream().filter(verdict -> !verdict.holds()).count();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", String.valueOf(verdicts.size()));
            xml.writeAttribute("failures", String.valueOf(broken));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            for (Verdict verdict : verdicts) {
                testCase(xml, verdict);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw Failure.environment("cannot write the report: " + e.getMessage(), e);
        }
        out.println();
        out.flush();
    }

    private static void testCase(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "policy");
        xml.writeAttribute("name", verdict.statement().text());
        if (verdict.example().isPresent()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("failure");
            xml.writeAttribute("message", verdict.example().get());
            xml.writeCharacters(
                    "line " + verdict.statement().line() + ": " + verdict.broken() + " of " + verdict.pairs()
                            + " pairs break it, the first: " + verdict.example().get());
            xml.writeEndElement();
            xml.writeCharacters("\n  ");
        }
        xml.writeEndElement();
    }
}
