package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.View;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.worklist.Filling;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Each form with all its questions and each error page at 320 pixels, forms with errors at 1280 too: nothing for axe to find, nothing to scroll sideways. Colours are
 * asked of each page of another kind, and of a form that has a kind of question which no form before it had.
 */
@ThinkFamilyTest
class EveryFormTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private Families families;
    @Autowired
    private FamilyQuestions questions;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ThymeleafViewResolver views;
    @Autowired
    private WebApplicationContext application;

    private final Looks looks = new Looks();
    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Example");
    }

    @Test
    void errorPages() throws Exception {
        Worker asha = browsers.of("asha.patel");
        shown(asha, "worklist/running", Map.of(), "running-already", true);
        for (int status : List.of(403, 404, 409, 413, 429, 500, 503, 400)) {
            shown(asha, "error", Map.of("status", status, "reference", "K7Q2M4T1"), "error-" + status, true);
        }
        looks.foundNothing();
    }

    /** All questions of each form at once, also those that only some answers lead to, through the pages' own templates. */
    @Test
    void everyForm() throws Exception {
        Worker asha = browsers.of("asha.patel");
        List<Path> forms;
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            forms = files.filter(file -> file.toString().endsWith(".form")).sorted().toList();
        }
        assertThat(forms).isNotEmpty();
        Set<Component.Type> coloured = EnumSet.noneOf(Component.Type.class);
        Map<String, Long> subjects = Map.of("child", family.mia(), "person", family.mother(), "adult", family.mother());
        for (Path file : forms) {
            Form form = Form.read(Files.readString(file));
            FormContext context = questions.context(form, family.ref(), subjects);
            Map<String, Object> model = new HashMap<>();
            model.put("filling", new Filling("shown", "Look at " + form.id(), form, 1, "none", family.ref(), subjects, null, null, null));
            model.put("identity", List.of("Mia Example, aged 8"));
            model.put("form", FormView.blank(form, context));
            List.of("action", "draftAction", "checkAction").forEach(action -> model.put(action, "/shown"));
            shown(asha, "worklist/form", model, "form-" + form.id(), coloured.addAll(form.all().map(Component::type).toList()));
        }
        looks.foundNothing();
    }

    @Test
    void formsWithErrors() {
        Worker asha = browsers.of("asha.patel");
        for (String form : List.of("adult-accepted", "screening-effect", "assessment-plan", "review-sitting", "assessment-sign")) {
            asha.open(family.showTask(jdbc, form)).press("Continue");
            assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
            looks.at(asha, "errors-" + form);
        }
        looks.foundNothing();
    }

    /** Shows a template at an address of the application, under its security policy. */
    private void shown(Worker worker, String template, Map<String, Object> model, String name, boolean colours) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(application.getServletContext(), "GET", "/shown");
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, application);
        MockHttpServletResponse response = new MockHttpServletResponse();
        Map<String, Object> all = new HashMap<>(model);
        all.put("demo", true);
        all.put("user", Map.of("username", "asha.patel", "name", "Asha Patel", "place", "Community mental health, Northmoor Mental Health Trust"));
        all.put("navigation", List.of(Map.of("href", "/work", "text", "site.nav.my-work", "current", true), Map.of("href", "/find", "text", "site.nav.find", "current", false)));
        View view = views.resolveViewName(template, Locale.UK);
        view.render(all, request, response);
        String address = "**/shown/" + name;
        worker.page().route(address, route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setContentType("text/html;charset=utf-8").setBody(content(response))
                .setHeaders(Map.of("content-security-policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))));
        worker.open("/shown/" + name);
        looks.narrow(worker, name, colours);
        worker.page().unroute(address);
    }

    private static String content(MockHttpServletResponse response) {
        try {
            return response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
