package org.bridgehead.io.mailstore;

class MemoryMailStoreTest extends MailStoreContract {
    @Override
    MailStore open() {
        return Node.inMemory();
    }
}
