package org.thinkfamily.access.web;

/** The product was started in a way in which nobody could sign in. */
class NobodyCanSignIn extends RuntimeException {

    NobodyCanSignIn() {
        super("Nobody could sign in: no identity provider is configured.");
    }
}
