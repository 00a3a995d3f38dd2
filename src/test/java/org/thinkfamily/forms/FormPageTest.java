package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

class FormPageTest {

    private static final SpringTemplateEngine ENGINE = engine();

    private final Form form = Samples.form();

    private static SpringTemplateEngine engine() {
        ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver();
        files.setPrefix("templates/");
        files.setSuffix(".html");
        files.setCharacterEncoding("UTF-8");
        files.setOrder(1);
        files.setCheckExistence(true);
        StringTemplateResolver pages = new StringTemplateResolver();
        pages.setOrder(2);
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/forms", "messages/glossary");
        messages.setDefaultEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.addTemplateResolver(files);
        engine.addTemplateResolver(pages);
        engine.setTemplateEngineMessageSource(messages);
        engine.setLinkBuilder(new StandardLinkBuilder() {
            @Override
            protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
                return "";
            }
        });
        return engine;
    }

    private static String render(String name, String fragment, Object view) {
        Context context = new Context(Locale.UK, Map.of(name, view));
        return ENGINE.process("<th:block th:replace=\"~{" + fragment + "}\"></th:block>", context);
    }

    private static String questions(FormView view) {
        return render("form", "forms/form :: questions(${form})", view);
    }

    private static String page(String name, String... parts) {
        String html = """
                <!DOCTYPE html>
                <html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="govuk.css"></head>
                <body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
                <h1 class="govuk-heading-l">%s</h1>%s</main></div></body></html>
                """.formatted(name, name, String.join("\n", parts));
        try {
            Path folder = Files.createDirectories(Path.of("target", "form-pages"));
            Files.writeString(folder.resolve(name + ".html"), html);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return html;
    }

    /** What a feature knows stands there to read, comes back as it was sent, and is asked about one by one. */
    @Test
    void whatIsKnownRowByRowIsReadAndAnswered() {
        Form decisions = Form.read("""
                {"type": "default", "id": "decisions", "components": [{"type": "dynamiclist", "id": "last", "path": "last", "label": "The last decisions", "allowAddRemove": false,
                 "defaultRepetitions": 0, "properties": {"rows": "last-decisions"}, "components": [
                  {"type": "textarea", "id": "was", "key": "was", "label": "Decision", "properties": {"told": "true"}},
                  {"type": "datetime", "id": "by", "key": "by", "dateLabel": "By when", "subtype": "date", "properties": {"told": "true"}},
                  {"type": "radio", "id": "outcome", "key": "outcome", "label": "Done?", "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}], "validate": {"required": true}}]}]}
                """);
        FormContext context = Samples.strangers().listing(Map.of("last-decisions", List.of(Map.of("was", "Life story work.", "by", "2026-11-03"), Map.of("was", "Tell the school."))));
        String html = questions(FormView.of(decisions, Answers.initial(decisions, context), context, List.of()));
        assertThat(html).contains("Life story work.</p>", "3 November 2026", "name=\"last[0].by\" value=\"2026-11-03\"", "name=\"last[1].outcome\"").doesNotContain("<textarea", "(optional)", "Add another");

        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        sent.add("last[0].was", "Life story work.");
        sent.add("last[0].by", "2026-11-03");
        sent.add("last[0].outcome", "yes");
        sent.add("last[1].was", "Tell the school.");
        Map<String, Object> posted = PostedForm.read(decisions, sent).answers();
        assertThat(FormCheck.check(decisions, posted, context).problems()).extracting(Problem::pointer).containsExactly("/last/1/outcome");
        sent.add("last[1].outcome", "no");
        assertThat(FormCheck.check(decisions, PostedForm.read(decisions, sent).answers(), context).answers()).isEqualTo(Map.of("last", List.of(
                Map.of("was", "Life story work.", "by", "2026-11-03", "outcome", "yes"), Map.of("was", "Tell the school.", "outcome", "no"))));
        assertThat(render("q", "forms/paper :: question(${q})", FormView.blank(decisions, context).questions().get(0))).contains("Life story work.", "Tell the school.");
    }

    @Test
    void drawsAFormNobodyHasAnswered() {
        String html = page("blank", "<form method=\"post\">" + questions(FormView.of(form, Map.of(), Samples.strangers(), List.of())) + "</form>");
        assertThat(html).contains("<h2 class=\"govuk-heading-m\">About this screening</h2>", "<strong>everybody</strong>", "&lt;script&gt;")
                .contains("<label class=\"govuk-label govuk-label--s\" for=\"q-firstName\">First name</label>")
                .contains("name=\"dob-day\"", "id=\"q-dob-hint\"", "aria-describedby=\"q-dob-hint\"", "NHS number (optional)")
                .contains("data-asks-again=\"true\"", "name=\"again\"", "lang=\"en-GB\"")
                .doesNotContain("q-children", "hx-", "<script", "style=");
        assertThat(html.indexOf("type=\"submit\"")).isEqualTo(html.indexOf("type=\"submit\" class=\"govuk-visually-hidden\""));
    }

    @Test
    void drawsWhatIsKnownToConfirm() {
        Map<String, Object> answers = new HashMap<>(Answers.initial(form, Samples.family()));
        answers.put("hasChildren", "yes");
        String html = page("known", "<form method=\"post\">" + questions(FormView.of(form, answers, Samples.family(), List.of())) + "</form>");
        assertThat(html).contains("We have: St Anne’s School (from screening, 3 March 2026). Check it is still right.", "We have: Oak Surgery (from referral, 1 February 2026)")
                .contains("Amy Example, 7, daughter", "Ben Example, 3, son", "name=\"children[0].person\" value=\"11\"", "name=\"effects[1].person\" value=\"12\"")
                .contains("name=\"add\" value=\"children\"", "Add a child")
                .contains("data-copy=\"effects.effect\"", "Restricted: not shown to parents")
                .contains("value=\"2019\"", "id=\"q-children-0-dateOfBirth-year\"")
                .doesNotContain("name=\"remove\"", "name=\"add\" value=\"effects\"", "children[0].where");
    }

    @Test
    void drawsErrorsBesideTheirQuestions() {
        Map<String, Object> answers = Samples.answers("""
                {"firstName": "", "dob": "31/2/", "hasChildren": "yes", "visits": "seven", "worries": ["mood"],
                 "children": [{"firstName": "<b>Cal</b>", "livesWith": "elsewhere"}, {}]}
                """);
        CheckedForm checked = FormCheck.check(form, answers, Samples.family());
        FormView view = FormView.of(form, answers, Samples.family(), checked.problems());
        String questions = questions(view);
        String html = page("errors", render("form", "forms/form :: errors(${form})", view), "<form method=\"post\">" + questions + "</form>");
        assertThat(html).contains("There is a problem", "<a href=\"#q-dob-day\">Date of birth must include a year</a>", "aria-describedby=\"q-firstName-known q-firstName-error\"")
                .contains("id=\"q-dob-day\" name=\"dob-day\" value=\"31\"", "value=\"seven\"", "name=\"remove\" value=\"children[0]\"", "Remove Child 1")
                .contains("&lt;b&gt;Cal&lt;/b&gt;").doesNotContain("<b>Cal");
        assertThat(checked.problems()).isNotEmpty().allSatisfy(problem -> assertThat(questions).contains("id=\"" + problem.field() + "\""));
    }

    @Test
    void whatThePageShowsComesBackAsItWas() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("agrees", false);
        answers.put("why", "\nFirst line is blank\n\"quoted\" & <b>");
        answers.put("dob", "31/2/");
        answers.put("email", "");
        answers.put("code", "é’");
        answers.put("nhsNumber", "999 000 0018");
        answers.put("children", List.of(Map.of("person", 11L, "firstName", "Amy \"A\"", "dateOfBirth", "2019-05-06", "livesWith", "household", "school", ""),
                Map.of("person", 12L, "firstName", "Ben", "dateOfBirth", "", "school", "not-known"),
                Map.of("firstName", "", "dateOfBirth", "", "livesWith", "elsewhere", "where", "", "school", "")));
        answers.put("effects", List.of(Map.of("person", 11L, "effect", "a", "view", ""), Map.of("person", 12L, "effect", "", "view", "b")));
        answers.put("agencies", List.of());
        answers.put("visits", 3L);
        answers.put("worries", List.of("alcohol", "mood"));
        answers.put("firstName", " Pat ");
        PostedForm posted = PostedForm.read(form, sent(questions(FormView.of(form, answers, Samples.family(), List.of()))));
        assertThat(posted.again()).isFalse();
        assertThat(posted.answers()).isEqualTo(answers);
    }

    /** What a browser sends for this markup when no button's name goes along. */
    private static MultiValueMap<String, String> sent(String html) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        Matcher field = Pattern.compile("<input ([^>]*)>|<textarea ([^>]*)>\\n?(.*?)</textarea>|<select ([^>]*)>(.*?)</select>", Pattern.DOTALL).matcher(html);
        while (field.find()) {
            if (field.group(1) != null) {
                boolean ticked = !field.group(1).contains("type=\"radio\"") && !field.group(1).contains("type=\"checkbox\"") || field.group(1).contains("checked=");
                if (ticked) {
                    parameters.add(attribute(field.group(1), "name"), attribute(field.group(1), "value"));
                }
            } else if (field.group(2) != null) {
                parameters.add(attribute(field.group(2), "name"), HtmlUtils.htmlUnescape(field.group(3)));
            } else {
                Matcher chosen = Pattern.compile("<option ([^>]*selected=[^>]*)>").matcher(field.group(5));
                parameters.add(attribute(field.group(4), "name"), chosen.find() ? attribute(chosen.group(1), "value") : "");
            }
        }
        return parameters;
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? HtmlUtils.htmlUnescape(value.group(1)) : "";
    }

    @Test
    void drawsAnswers() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("agrees", false);
        answers.put("why", "One\nTwo <b>");
        answers.put("children", List.of(Map.of("person", 11, "firstName", "Amy", "dateOfBirth", "2019-05-06", "livesWith", "household", "school", "3")));
        answers.put("effects", List.of(Map.of("person", 11, "effect", "Worried", "view", "I like school"), Map.of("person", 12, "effect", "Tired")));
        AnswersView all = AnswersView.of(form, answers, Samples.family(), restriction -> true);
        String html = page("answers", render("view", "forms/answers :: answers(${view})", all));
        assertThat(html).contains("27 March 1986", "<li>Alcohol</li>", "Elm Surgery", "St Anne’s School", "Amy Example, 7, daughter", "One<br>Two &lt;b&gt;", "999 000 0018", "Nothing added", "I like school", "Not answered")
                .doesNotContain("govuk-summary-list__actions", ">household<");
        assertThat(pairs(all)).contains(new Pair("Amy Example, 7, daughter", "Home", "Same household"),
                new Pair(null, "Date of birth", "27 March 1986"), new Pair("About the adult", "Worries", "Alcohol, Low mood"))
                .extracting(Pair::question).startsWith("First name", "Date of birth", "NHS number");

        AnswersView some = AnswersView.of(form, answers, Samples.family(), restriction -> false);
        assertThat(page("restricted", render("view", "forms/answers :: check(${view}, '/work/7')", some)))
                .doesNotContain("I like school", "What does the child say?").contains("href=\"/work/7#q-dob-day\"", "href=\"/work/7#q-children-0-livesWith\"");
    }

    @ParameterizedTest
    @MethodSource("org.thinkfamily.forms.FormSchemaTest#forms")
    void drawsEveryForm(Path file) throws IOException {
        Form any = Form.read(Files.readString(file));
        String html = questions(FormView.blank(any, Samples.family()));
        any.questions().forEach(question -> assertThat(html).contains("id=\"q-" + question.key()));
    }

    @Test
    void printsBlankWithEveryQuestion() {
        String html = page("paper", "<form>" + questions(FormView.blank(form, Samples.strangers())) + "</form>");
        assertThat(html).contains("Which child is worried about most?", "Where does the child live?", "Say why the adult does not know", "Child 1").doesNotContain("checked=");
    }

    @Test
    void oldAnswersAreShownAsTheyAre() {
        AnswersView view = AnswersView.of(form, Samples.answers("{\"gp\": \"77\", \"dob\": \"2090-01-01\", \"effects\": [{\"person\": 50, \"effect\": \"a\"}]}"), Samples.family(), restriction -> true);
        assertThat(pairs(view)).contains(new Pair(null, "GP practice", "77"), new Pair(null, "Date of birth", "1 January 2090"),
                new Pair("Person 50", "Say what effect the parent’s condition has", "a"));
    }

    /** A question with its answer in one text; {@code about} is the heading it stands under, or null. */
    private record Pair(String about, String question, String answer) { }

    private static List<Pair> pairs(AnswersView view) {
        return view.blocks().stream().flatMap(block -> block.lines().stream().map(line -> new Pair(block.heading(), line.question(), String.join(", ", line.answers())))).toList();
    }
}
