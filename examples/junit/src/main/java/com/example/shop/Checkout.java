package com.example.shop;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetSocketAddress;
import java.util.Properties;

/** The program under test: it confirms orders by mail, and tries twice when a server says "not now". */
public final class Checkout {
    private final Session session;

    public Checkout(InetSocketAddress mailServer) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", mailServer.getHostString());
        properties.put("mail.smtp.port", String.valueOf(mailServer.getPort()));
        properties.put("mail.smtp.timeout", "5000");
        session = Session.getInstance(properties);
    }

    /** Confirms an order to the customer; the shop's books get a copy that the customer does not see. */
    public void confirm(String order, String customer) throws MessagingException {
        MimeMessage letter = new MimeMessage(session);
        letter.setFrom(new InternetAddress("shop@contoso.test"));
        letter.setRecipient(Message.RecipientType.TO, new InternetAddress(customer));
        letter.setRecipient(Message.RecipientType.BCC, new InternetAddress("books@contoso.test"));
        letter.setSubject("Your order " + order);
        letter.setText("Thank you.");
        Address[] everybody = letter.getAllRecipients();
        letter.removeHeader("Bcc");
        try {
            Transport.send(letter, everybody);
        } catch (SendFailedException notNow) {
            Transport.send(letter, everybody);
        }
    }
}
