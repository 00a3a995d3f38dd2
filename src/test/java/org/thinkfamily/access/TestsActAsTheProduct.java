package org.thinkfamily.access;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test itself asks of the database, to set up and to look, it asks as the product. A request it sends is asked as the person who is signed in, as in production. */
public class TestsActAsTheProduct implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Acting.system("test");
    }
}
