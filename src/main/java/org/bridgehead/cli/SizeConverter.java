package org.bridgehead.cli;

import org.bridgehead.io.config.Notation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as in topology files, in octets. */
final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return Notation.size(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no size; write 10MB, 64KB or a number of bytes"));
    }
}
