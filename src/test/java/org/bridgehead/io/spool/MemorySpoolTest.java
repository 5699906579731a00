package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Path;

class MemorySpoolTest implements SpoolContract {
    @Override
    public Home home(Path folder) {
        MemorySpool spool = MemorySpool.create();
        return new Home() {
            @Override
            public Spool spool() {
                return spool;
            }

            @Override
            public Spool reopen() {
                return spool;
            }

            @Override
            public Spool crash() {
                return spool;
            }

            @Override
            public void close() throws IOException {
                spool.close();
            }
        };
    }
}
