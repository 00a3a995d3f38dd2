package org.thinkfamily.pathway;

/** A model cannot be released; the message says which and why, in words for the person who keeps it. */
class BrokenModel extends RuntimeException {

    private final String model;

    BrokenModel(String model, String why) {
        super("The model \"" + model + "\" cannot be used: " + why);
        this.model = model;
    }

    String model() {
        return model;
    }
}
