package org.thinkfamily.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at pages for a test: what axe finds, and what must be scrolled sideways on a phone. */
final class Looks {

    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Path GUIDE = Path.of("docs/images");
    private static final boolean WITH_PICTURES = Boolean.getBoolean("thinkfamily.screenshots");

    private final List<String> found = new ArrayList<>();

    /** Looks at the page as it stands. */
    void at(Worker worker, String name) {
        worker.page().setViewportSize(1280, 900);
        worker.page().waitForLoadState();
        axe(worker.page(), name + " at 1280", true);
        narrow(worker, name, false); // colours are those of 1280, and they are most of the work
    }

    /** Once where it is hardest: for the many pages that are made of the same parts. Colours are most of the work, and need asking once of each part. */
    void narrow(Worker worker, String name, boolean colours) {
        Page page = worker.page();
        page.setViewportSize(1280, 900);
        page.waitForLoadState();
        picture(page, name + "-1280");
        page.setViewportSize(320, 640);
        axe(page, name + " at 320", colours);
        int over = ((Number) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).intValue();
        if (over > 0) {
            found.add(name + " at 320: scrolls sideways by " + over);
        }
        picture(page, name + "-320");
        page.setViewportSize(1280, 900);
    }

    private void axe(Page page, String name, boolean colours) {
        AxeRunOptions violations = new AxeRunOptions();
        violations.setResultTypes(List.of("violations")); // not all that is right, element by element
        AxeBuilder axe = new AxeBuilder(page).options(violations).withTags(STANDARDS).setLegacyMode(true);
        if (!colours) {
            axe.disableRules(List.of("color-contrast"));
        }
        axe.analyze().getViolations().forEach(violation ->
                found.add(name + ": " + violation.getId() + ", " + violation.getHelp() + ": " + violation.getNodes().stream().limit(3).map(node -> node.getHtml() + " " + node.getFailureSummary()).toList()));
    }

    private static void picture(Page page, String name) {
        if (WITH_PICTURES) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
        }
    }

    static void forTheGuides(Worker worker, String name) {
        if (WITH_PICTURES) {
            worker.page().setViewportSize(1280, 900);
            worker.page().screenshot(new Page.ScreenshotOptions().setPath(GUIDE.resolve(name + ".png")));
        }
    }

    List<String> found() {
        return found;
    }

    void foundNothing() {
        assertThat(found).isEmpty();
    }
}
