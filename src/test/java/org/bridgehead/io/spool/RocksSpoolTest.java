package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Path;

class RocksSpoolTest implements SpoolContract {
    @Override
    public Home home(Path folder) throws IOException {
        return new RocksHome(folder);
    }
}
