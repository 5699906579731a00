package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;

/** Finds the transactions in what was said on a connection. One use. */
final class TranscriptReader {
    private final List<SmtpSession.Line> lines;
    private final List<String> headers;
    private final List<SmtpSession.Mail> mails = new ArrayList<>();
    private List<SmtpSession.Rcpt> recipients = new ArrayList<>();
    private String mail = "";
    private String header = "";
    private String reply = "";
    /** What the next reply answers: the verb of the line before. */
    private String asked = "";

    private String line = "";

    TranscriptReader(List<SmtpSession.Line> lines, List<String> headers) {
        this.lines = lines;
        this.headers = headers;
    }

    List<SmtpSession.Mail> mails() {
        for (int i = 0; i < lines.size(); i++) {
            SmtpSession.Line next = lines.get(i);
            if (next.byClient()) {
                heard(next.text(), headers.get(i));
            } else {
                said(next.text());
            }
        }
        end();
        return mails;
    }

    private void heard(String text, String head) {
        line = text;
        if (!head.isEmpty() || text.startsWith("(")) {
            header = head;
            asked = "MESSAGE";
            return;
        }
        asked = text.toUpperCase(Locale.ROOT).split(" ", 2)[0];
        boolean over = List.of("MAIL", "RSET", "EHLO", "HELO", "LHLO", "QUIT").contains(asked);
        if (over) {
            end();
        }
        if (asked.equals("MAIL")) {
            mail = text;
        }
    }

    private void said(String text) {
        if (mail.isEmpty()) {
            return;
        }
        if (asked.equals("RCPT")) {
            recipients.add(new SmtpSession.Rcpt(address(line), parameters(line), text));
        } else if (!asked.equals("XSTATE")) {
            reply = text;
        }
    }

    private void end() {
        if (!mail.isEmpty()) {
            mails.add(new SmtpSession.Mail(address(mail), parameters(mail), reply, recipients, header));
        }
        mail = "";
        header = "";
        reply = "";
        recipients = new ArrayList<>();
    }

    /** Between the angle brackets. */
    private static String address(String command) {
        int from = command.indexOf('<');
        int to = command.lastIndexOf('>');
        return from < 0 || to < from ? "" : command.substring(from + 1, to);
    }

    private static SortedMap<String, String> parameters(String command) {
        SortedMap<String, String> found = Names.map();
        for (String parameter :
                command.substring(command.lastIndexOf('>') + 1).strip().split(" +")) {
            int equals = parameter.indexOf('=');
            if (!parameter.isEmpty()) {
                found.put(
                        equals < 0 ? parameter : parameter.substring(0, equals),
                        equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        return found;
    }
}
