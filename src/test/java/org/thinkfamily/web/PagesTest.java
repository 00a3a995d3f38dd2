package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The layout, its fragments and the pages that need no feature: what they show for what the model says. */
class PagesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Path VENDOR = Path.of("src/main/resources/static/vendor");

    private final Map<String, Object> model = new LinkedHashMap<>();
    private final MockMvc pages = pages(model);

    @Test
    void titleStartsWithErrorWhenThereAreErrors() throws Exception {
        assertThat(show("signin")).contains("<title>Sign in – Think Family</title>").doesNotContain("govuk-error-summary");

        model.put("errors", List.of(Map.of("field", "username", "message", "Check your <username>")));

        assertThat(show("signin"))
                .contains("<title>Error: Sign in – Think Family</title>")
                .contains("<a href=\"#username\">Check your &lt;username&gt;</a>");
    }

    @Test
    void signedInPeopleGetNavigationAndASessionWarning() throws Exception {
        assertThat(show("about")).doesNotContain("tf-session-idle", "govuk-service-navigation", "/signout");

        model.put("user", new Person("asha", "Asha Patel", "Adult mental health"));
        model.put("navigation", List.of(new Link("/", "site.nav.my-work", true), new Link("/elsewhere", "In plain words", false)));

        assertThat(show("about"))
                .contains("<meta name=\"tf-session-idle\" content=\"1800\">", "<meta name=\"tf-session-warn\" content=\"1500\">")
                .contains("aria-current=\"page\"><strong class=\"govuk-service-navigation__active-fallback\">My work</strong>")
                .contains("href=\"/elsewhere\">In plain words</a>")
                .contains("Asha Patel", "action=\"/signout\"");
    }

    @Test
    void everyPageOfTheDemonstrationSaysItsDataAreSynthetic() throws Exception {
        assertThat(show("about")).doesNotContain("Synthetic data");

        model.put("demo", true);
        model.put("demoClock", new DemoClock("22 November 2026, 14:30", false));

        assertThat(show("about")).contains("Synthetic data", "Demo date: 22 November 2026, 14:30.").doesNotContain("/demo/clock");
        for (String page : List.of("error", "signin")) {
            assertThat(show(page)).as(page).contains("Synthetic data");
        }
    }

    @Test
    void passwordFormIsOfferedOnlyWithoutAnIdentityProviderOrInTheDemonstration() throws Exception {
        model.put("providers", List.of(new Provider("Northtown Council", "/oauth2/authorization/northtown")));
        assertThat(show("signin")).contains("Sign in with Northtown Council").doesNotContain("id=\"password\"");

        model.put("demo", true);
        model.put("demoUsers", List.of(Map.of("service", "Adult mental health",
                "users", List.of(Map.of("username", "asha", "password", "demo", "name", "Asha Patel", "role", "Practitioner")))));
        assertThat(show("signin")).contains("id=\"password\"", "Asha Patel", " as Asha Patel</span>");
    }

    @Test
    void errorPagesGiveAReferenceAndNoDetails() throws Exception {
        model.put("reference", "K7Q2");
        model.put("message", "NullPointerException");
        model.put("trace", "at org.thinkfamily");

        Map<Integer, String> titles = Map.of(403, "You cannot do this", 404, "Page not found", 409, "Somebody was faster", 413, "That is too much at once",
                429, "Too many tries", 500, "Sorry, there is a problem", 405, "That did not work");
        titles.forEach((status, title) -> {
            model.put("status", status);
            assertThat(show("error")).contains("<title>" + title + " –", title + "</h1>", "<strong>K7Q2</strong>").doesNotContain("NullPointerException", "at org.thinkfamily");
        });
        model.remove("status");
        assertThat(show("error")).contains("That did not work");
    }

    @Test
    void noticeAndBackLinkAreShownWhenGiven() throws Exception {
        assertThat(show("about")).doesNotContain("govuk-notification-banner", "govuk-back-link");

        model.put("notice", "Sent & filed");
        model.put("noticeMore", List.of("Opened: Look"));
        model.put("back", "/work/12");

        assertThat(show("about")).contains("Sent &amp; filed", "<p class=\"govuk-body\">Opened: Look</p>", "<a href=\"/work/12\" class=\"govuk-back-link\">Back</a>");
    }

    @Test
    void nothingInAPageBreaksTheSecurityPolicy() {
        forEachTemplate((name, text) -> assertThat(text).as(name)
                .doesNotContainPattern("(?i)\\sstyle\\s*=").doesNotContainPattern("(?i)\\son[a-z]+\\s*=").doesNotContain("hx-on")
                .doesNotContainPattern("(?i)<script(?![^>]*src=)").doesNotContainPattern("(?:src|href)=\"(?:https?:)?//"));
    }

    @Test
    void everyWordTheTemplatesAskForIsThere() {
        var known = new TreeSet<String>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains("=") && !line.startsWith("#")) {
                        known.add(line.substring(0, line.indexOf('=')).strip());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        forEachTemplate((name, text) -> {
            var asked = Pattern.compile("#\\{([A-Za-z0-9.-]+)|#messages\\.msg\\('([a-z0-9.-]+)'").matcher(text);
            while (asked.find()) {
                String key = asked.group(1) != null ? asked.group(1) : asked.group(2);
                assertThat(known).as(name).contains(key);
            }
        });
    }

    @Test
    void librariesCarryNoFontCrownOrCrestOfGovUk() throws IOException {
        assertThat(Files.readString(VENDOR.resolve("vendor.css"))).doesNotContain("GDS Transport", "@font-face", "crest").contains("Arial");
        try (Stream<Path> files = Files.walk(VENDOR)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.matches(".*(crown|crest|logotype|woff).*"));
        }
        assertThat(VENDOR.resolve("LICENCES.txt")).content().contains("govuk-frontend 6.6.0", "bpmn-js 18.31.1", "htmx.org 2.0.11", "watermark must stay fully visible");
    }

    private String show(String view) {
        try {
            return pages.perform(get("/page").param("view", view).locale(Locale.UK)).andReturn().getResponse().getContentAsString();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private interface Check {
        void of(String name, String text);
    }

    private static void forEachTemplate(Check check) {
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                check.of(TEMPLATES.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MockMvc pages(Map<String, Object> model) {
        var words = new ResourceBundleMessageSource();
        words.setBasename("messages/site");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        var templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setMessageSource(words);
        var views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        return MockMvcBuilders.standaloneSetup(new AnyPage(model)).setViewResolvers(views).build();
    }

    @Controller
    static class AnyPage {
        private final Map<String, Object> model;

        AnyPage(Map<String, Object> model) {
            this.model = model;
        }

        @GetMapping("/page")
        ModelAndView page(@RequestParam("view") String view) {
            return new ModelAndView(view, model);
        }
    }

    public record Person(String username, String name, String place) {
    }

    public record Link(String href, String text, boolean current) {
    }

    public record Provider(String name, String url) {
    }

    public record DemoClock(String now, boolean mayMove) {
    }
}
