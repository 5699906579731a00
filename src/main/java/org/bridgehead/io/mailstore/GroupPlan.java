package org.bridgehead.io.mailstore;

/**
 * How the log of a storage group is opened.
 *
 * @param name of the group
 * @param settings of the store
 * @param activation of the copy
 */
record GroupPlan(String name, MailStoreSettings settings, Activation activation) {
    long skippedUids() {
        return activation.skippedUids(name);
    }
}
