package org.thinkfamily.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The one browser of a test run: an installed Chromium or Chrome, else the one that Playwright fetches. Where there is none, browser tests are skipped, unless the
 * environment says {@code THINKFAMILY_BROWSER_TESTS=required}.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<Path> ELSEWHERE = List.of(Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"), Path.of("C:/Program Files/Google/Chrome/Application/chrome.exe"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    Browser browser() {
        return browser;
    }

    /** @throws TestAbortedException when there is no browser and none is required */
    static Chromium open() {
        Optional<Path> installed = installed();
        Playwright playwright = null;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(arguments());
            installed.ifPresent(options::setExecutablePath);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException none) {
            if (playwright != null) {
                playwright.close();
            }
            if ("required".equals(System.getenv("THINKFAMILY_BROWSER_TESTS"))) {
                throw new IllegalStateException("Browser tests are required, and no browser could be started.", none);
            }
            String why = "Browser tests skipped: no Chromium or Chrome is installed and none could be fetched.";
            System.err.println(why);
            throw new TestAbortedException(why, none);
        }
    }

    private static Optional<Path> installed() {
        List<Path> folders = new ArrayList<>(Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).map(Path::of).toList());
        folders.add(Path.of("/usr/bin"));
        return Stream.concat(NAMES.stream().flatMap(name -> folders.stream().map(folder -> folder.resolve(name))), ELSEWHERE.stream()).filter(Files::isExecutable).findFirst();
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync"));
        if ("root".equals(System.getProperty("user.name"))) {
            arguments.add("--no-sandbox");
        }
        return arguments;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
