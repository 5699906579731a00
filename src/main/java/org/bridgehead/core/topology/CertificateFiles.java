package org.bridgehead.core.topology;

/**
 * What a server shows in a TLS handshake, as PEM files (RFC 7468) relative to the topology file.
 *
 * @param certificateFile its certificate, then those of its issuers
 * @param privateKeyFile the key of the first certificate: PKCS#8, not encrypted
 */
public record CertificateFiles(String certificateFile, String privateKeyFile) {}
