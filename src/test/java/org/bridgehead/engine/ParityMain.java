package org.bridgehead.engine;

/** Scratch. */
class ParityMain {
    public static void main(String[] args) {
        new ParityTest().prediction();
        System.exit(0);
    }
}
