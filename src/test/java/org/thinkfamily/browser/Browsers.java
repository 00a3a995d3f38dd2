package org.thinkfamily.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives a test people at browsers of their own, and asserts at its end that no page had a script error or broke the security policy. A failure says what each page showed. */
final class Browsers implements BeforeEachCallback, AfterEachCallback {

    static final double PATIENCE = 15_000;
    /** Milliseconds until a page that was asked for by its address has come: two programs of tests and their browsers share two cores. */
    private static final double ON_THE_WAY = 60_000;

    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Browser browser;
    private ApplicationContext application;

    @Override
    public void beforeEach(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        browser = test.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Chromium.class, any -> Chromium.open(), Chromium.class).browser();
        application = SpringExtension.getApplicationContext(test);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        try {
            if (test.getExecutionException().isPresent()) {
                int at = 0;
                for (BrowserContext context : contexts) {
                    for (Page page : context.pages()) {
                        page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                                .setPath(Path.of("target/screenshots/failed/%s-%s-%d.png".formatted(test.getRequiredTestClass().getSimpleName(), test.getRequiredTestMethod().getName(), ++at))));
                        test.getExecutionException().get().addSuppressed(new AssertionError("page " + at + ", " + page.url() + ": " + start(page.locator("main").innerText())));
                    }
                }
            } else {
                assertThat(problems).as("script errors and breaches of the security policy").isEmpty();
            }
        } finally {
            contexts.forEach(BrowserContext::close);
        }
    }

    private static String start(String text) {
        return text.length() > 1_500 ? text.substring(0, 1_500) : text;
    }

    /** The worker of that name, signed in; the same browser each time in a test. */
    Worker of(String username) {
        return workers.computeIfAbsent(username, any -> {
            Worker worker = stranger();
            worker.open("/signin");
            worker.signIn(username);
            return worker;
        });
    }

    /** Somebody who is not signed in. */
    Worker stranger() {
        return stranger(new Browser.NewContextOptions());
    }

    Worker stranger(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setLocale("en-GB").setTimezoneId("Europe/London")
                .setBaseURL("http://localhost:" + application.getEnvironment().getProperty("local.server.port")));
        context.setDefaultTimeout(PATIENCE);
        context.setDefaultNavigationTimeout(ON_THE_WAY);
        context.addInitScript("document.addEventListener('securitypolicyviolation', event => console.error('Content Security Policy: ' + event.violatedDirective + ' ' + event.blockedURI))");
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                problems.add(message.page().url() + ": " + message.text());
            }
        });
        context.onWebError(error -> problems.add(error.page().url() + ": " + error.error()));
        contexts.add(context);
        return new Worker(context.newPage(), LocalDate.ofInstant(application.getBean(Clock.class).instant(), ZoneId.of("Europe/London")));
    }
}
