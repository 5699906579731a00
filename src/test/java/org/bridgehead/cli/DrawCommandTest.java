package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code draw} on Contoso. */
class DrawCommandTest {
    private record Result(int exitCode, String out, String err) {}

    @TempDir
    Path folder;

    private Result draw(String options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String line = "draw topologies/contoso.yaml " + options.replace("DIR", folder.toString());
        int exitCode = Main.execute(
                new PrintWriter(out), new PrintWriter(err), line.strip().split(" +"));
        return new Result(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({"'', <svg", "-f svg, <svg", "-f dot, graph \"Contoso\" {", "-f MERMAID, flowchart LR"})
    void textsGoToStdout(String options, String beginning) {
        Result result = draw(options);
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
        assertThat(result.out).startsWith(beginning);
        assertThat(result.err).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.svg, <svg", "b.PNG, \u0089PNG", "c.gv, graph", "d.mmd, flowchart", "e, <svg"})
    void theEndingOfTheFileDecides(String file, String beginning) throws Exception {
        Result result = draw("-O DIR/" + file);
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
        assertThat(result.out).isEmpty();
        assertThat(new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1))
                .startsWith(beginning);
    }

    @Test
    void theFormatWinsOverTheEnding() throws Exception {
        draw("-f dot -O DIR/a.svg");
        assertThat(Files.readString(folder.resolve("a.svg"))).startsWith("graph");
    }

    @Test
    void showsARouteThatWaitsAndWhy() {
        Result result = draw("--from BER-EDGE1 --to mia@contoso.test --down link:vienna-rome");
        assertThat(result.exitCode).isEqualTo(ExitCode.OK);
        assertThat(result.out)
                .contains("BER-EDGE1 to mia@contoso.test: Berlin &gt; Munich &gt; Vienna &gt; Rome, 3 hops, cost 80")
                .contains("link:Vienna-Rome is down. Mail waits in Vienna.")
                .contains("Down: link:Vienna-Rome");
    }

    /** Make it anew when pictures change: the command stands above it in the README. */
    @Test
    void thePictureInTheReadmeIsWhatDrawDraws() throws Exception {
        Result result = draw("--from Berlin --to Rome --down link:Vienna-Rome");
        assertThat(result.out.replace("\r\n", "\n")).isEqualTo(Files.readString(Path.of("examples/pictures/rome.svg")));
    }

    @Test
    void aPageIsOneFileThatAsksForNothing() throws Exception {
        draw("-O DIR/page.html --down link:Channel --from Berlin --to Rome");
        String page = Files.readString(folder.resolve("page.html"));
        assertThat(page).startsWith("<!DOCTYPE html>").contains("default-src 'none'", "data-item=\"link:Channel\"");
        // Names of XML vocabularies are addresses that nobody looks up.
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContainPattern("https?://|src=|url\\(");
        assertThat(page).doesNotContain("@TITLE@", "@STYLE@", "@MAP@", "@DATA@", "@SCRIPT@");
    }

    @Test
    void showsTheWayOut() {
        assertThat(draw("--from Rome --to x@fabrikam.test").out).contains("It leaves by the connector Internet.");
    }

    @Test
    void showsChangesAndThemes() {
        Result result = draw("--set siteLinks.Channel=null --theme dark");
        assertThat(result.out)
                .contains("data-theme=\"dark\"")
                .contains("13 links")
                .doesNotContain("link:Channel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from Berlin | write --from X --to Y",
                "-f bmp | -f bmp: no format for pictures; write -f svg, png, html, dot or mermaid",
                "-O DIR/x.jpeg | no format for pictures",
                "--width 300 | --width is for PNG",
                "-O DIR/x.png --width 0 | --width 0: write a number of pixels",
                "-O DIR/x.png --width 90000 | at most 120 megapixels",
                "--theme pink | --theme pink: write light or dark",
                "--down link:Berlin-Munic | did you mean",
                "--from Berlin --to Rom | no site, server or address named",
            })
    void saysWhatIsWrong(String options, String message) {
        Result result = draw(options);
        assertThat(result.err).contains(message);
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(result.out).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistIsTheMachinesTrouble() {
        Result result = draw("-O DIR/no/such/x.svg");
        assertThat(result.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.err).contains("cannot write ").contains("x.svg");
    }
}
