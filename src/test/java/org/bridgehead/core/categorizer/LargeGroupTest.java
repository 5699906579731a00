package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of hundreds of thousands takes the memory of a chunk and a page, and of the digests (DECISIONS 1.3). */
@Tag("large")
class LargeGroupTest {
    private static final int MEMBERS = 300_000;
    private static final int PAGE = 1000;
    private static final int CHUNK = 1000;

    /** Members made up as they are asked for; every tenth one a duplicate of its neighbour. */
    private static final class Generated implements Directory {
        @Override
        public Page ask(List<Question> questions, Optional<Cursor> from) {
            if (!(questions.get(0) instanceof Question.MembersOf)) {
                DirectoryEntry group = DistributionGroup.of("all", People.address("all"));
                return new Page(Lists.map(questions, one -> new Answer.Found(group)), Optional.empty());
            }
            int start = from.map(cursor -> Integer.parseInt(cursor.token())).orElse(0);
            List<Answer> members = IntStream.range(start, start + PAGE)
                    .mapToObj(i -> (Answer) new Answer.Found(mailbox(i % 10 == 9 ? i - 1 : i)))
                    .toList();
            boolean more = start + PAGE < MEMBERS;
            return new Page(members, more ? Optional.of(new Cursor("" + (start + PAGE))) : Optional.empty());
        }

        private static Mailbox mailbox(int number) {
            return Mailbox.of("m" + number, People.address("m" + number), new DatabaseRef("MBX", "SG1", "DB1"));
        }
    }

    @Test
    @Timeout(30)
    void membersInMemoryNeverExceedAChunkAndAPage() {
        Directory directory = new Generated();
        Categorization work = Run.to("all").chunk(CHUNK).begin();
        int total = 0;
        int most = 0;
        while (!work.isDone()) {
            Step step = work.next();
            most = Math.max(most, work.inMemory());
            if (step instanceof Step.Ask ask) {
                work.answered(directory.ask(ask.questions(), ask.cursor()));
            } else if (step instanceof Step.Pause) {
                work.resumed();
            } else if (step instanceof Step.Chunk chunk) {
                total += chunk.members().size();
            }
            most = Math.max(most, work.inMemory());
        }
        assertThat(total).isEqualTo(MEMBERS - MEMBERS / 10);
        assertThat(most).isLessThanOrEqualTo(CHUNK + PAGE);
    }

    @Test
    void aListOfNothingButDuplicatesIsBoundedToo() {
        Directory directory = new Generated();
        List<String> already = IntStream.range(0, 50_000).mapToObj(i -> "m" + i).toList();
        Categorization work = Run.to("all")
                .chunk(CHUNK)
                .already(already.toArray(new String[0]))
                .begin();
        int most = 0;
        while (!work.isDone()) {
            Step step = work.next();
            if (step instanceof Step.Ask ask) {
                work.answered(directory.ask(ask.questions(), ask.cursor()));
            } else if (step instanceof Step.Pause) {
                work.resumed();
            }
            most = Math.max(most, work.inMemory());
        }
        assertThat(most).isLessThanOrEqualTo(2 * (CHUNK + PAGE));
    }
}
