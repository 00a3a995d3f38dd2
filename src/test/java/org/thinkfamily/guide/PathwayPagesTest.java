package org.thinkfamily.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.HtmlUtils;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.clock.Timescales;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.pathway.Rulebook;

/** The pages of the pathway say what the models say, to everybody. */
@ThinkFamilyTest
class PathwayPagesTest {

    private static final String SERVICE_MANAGER = "alex.morgan";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Pathway pathway;
    @Autowired
    private MessageSource messages;
    @Autowired
    private Rulebook rulebook;
    @Autowired
    private Timescales timescales;
    @Autowired
    private JdbcClient jdbc;

    private MockHttpServletResponse answer(String path, String who) throws Exception {
        return web.perform(get(path).with(user(who))).andReturn().getResponse();
    }

    private String page(String path) throws Exception {
        MockHttpServletResponse answer = answer(path, SERVICE_MANAGER);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return HtmlUtils.htmlUnescape(answer.getContentAsString());
    }

    private static List<Path> models(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.sorted().toList();
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().map(found -> HtmlUtils.htmlUnescape(found.group(1)).strip()).toList();
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceAll("\\.\\w+$", "");
    }

    @Test
    void everyRoleReadsThem() throws Exception {
        List<String> people = jdbc.sql("select min(username) from user_role join app_user using (username) where enabled group by role").query(String.class).list();
        assertThat(people).hasSizeGreaterThan(10).contains(SERVICE_MANAGER);
        for (String who : people) {
            for (String path : List.of("/pathway", "/pathway/referral", "/pathway/referral/diagram", "/pathway/time-limits", "/pathway/rules/red-flags")) {
                assertThat(answer(path, who).getStatus()).as(path + " for " + who).isEqualTo(200);
            }
            assertThat(answer("/find", who).getContentAsString()).as("the way there for " + who).contains("href=\"/pathway\"");
        }
        assertThat(all("govuk-service-navigation__link\" href=\"([^\"]+)\"", answer("/work", SERVICE_MANAGER).getContentAsString())).startsWith("/pathway", "/work");
    }

    @Test
    void processesStandInTheOrderOfThePathwayWithTheirSentences() throws Exception {
        String page = page("/pathway");
        List<String> links = all("<li[^>]*><a class=\"govuk-link\" href=\"/pathway/([a-z-]+)\"", page);
        assertThat(links).startsWith("identification", "referral").containsSubsequence("referral", "joint-assessment", "cla-review", "review-follow-up", "contact-planning", "closure", "look-back")
                .containsExactlyInAnyOrderElementsOf(models("bpmn").stream().map(PathwayPagesTest::stem).toList());
        for (Path file : models("bpmn")) {
            assertThat(page).contains(all("<(?:bpmn:)?documentation>(.*?)</", Files.readString(file)).get(0));
        }
        assertThat(page).contains("href=\"/pathway/rules/family-threshold\"", "href=\"/pathway/rules/red-flag-response\"", "Every line that fits counts: 20 lines.", "href=\"/pathway/time-limits\"", "href=\"/forms\"");
    }

    @Test
    void aProcessListsEachStepOfItsDiagram() throws Exception {
        for (Path file : models("bpmn")) {
            String model = Files.readString(file);
            String page = page("/pathway/" + stem(file));
            assertThat(page).contains("data-bpmn-url=\"/pathway/" + stem(file) + "/diagram\"");
            assertThat(answer("/pathway/" + stem(file) + "/diagram", SERVICE_MANAGER).getContentAsString()).isEqualTo(model);
            for (MatchResult task : Pattern.compile("<(?:bpmn:)?userTask([^>]*)>(.*?)</(?:bpmn:)?userTask>", Pattern.DOTALL).matcher(model).results().toList()) {
                String id = all("\\bid=\"([^\"]+)\"", task.group(1)).get(0);
                String row = row(page, id);
                assertThat(row).as(file + " " + id).contains(HtmlUtils.htmlUnescape(all("\\bname=\"([^\"]+)\"", task.group(1)).get(0)))
                        .contains("/forms/" + stem(file) + "/" + all("formRef=\"([^\"]+)\"", task.group(1)).get(0));
                all("name=\"clock\" value=\"([^\"]+)\"", task.group(2)).forEach(clock -> assertThat(row).contains(clock.startsWith("$") ? "As the rule says" : "/pathway/time-limits#" + clock));
            }
        }
        assertThat(row(page("/pathway/referral"), "decide")).contains("Front door screener", "1 working day", "After 1 working day: Tell the manager it is late; Say why the decision is late.", "After 3 working days: Ask what happened.");
        assertThat(row(page("/pathway/cla-review"), "prepare-second")).contains("The program waits", "40 days before the limit of 3 months");
        assertThat(row(page("/pathway/identification"), "ask-again")).as("which clock, a rule says").contains("The program waits", "As the rule says", "href=\"/pathway/time-limits\"");
        assertThat(row(page("/pathway/challenge"), "answering")).contains("After the time that the rule says");
        assertThat(row(page("/pathway/cla-review"), "hold-first")).contains("After 20 working days: Tell the manager that the review is late; Say why the review is late");
    }

    private static String row(String page, String id) {
        int at = page.indexOf("id=\"" + id + "\"");
        assertThat(at).as(id).isPositive();
        return page.substring(at, page.indexOf("</tr>", at));
    }

    @Test
    void theTimeLimitsSayAllThatTheTableSays() throws Exception {
        String page = page("/pathway/time-limits");
        String table = Files.readString(Path.of("dmn/timescales.dmn"));
        List<String> rules = all("<rule (.*?)</rule>", table);
        assertThat(rules).hasSizeGreaterThan(70);
        for (String rule : rules) {
            assertThat(row(page, written("clock", rule))).contains(written("title", rule), all("<description>(.*?)</", rule).get(0), written("reference", rule), written("source", rule));
        }
        assertThat(row(page, "assessment.complete")).contains("45 working days", "The day the referral was received", "10 working days before", "T-05", "National guidance", "href=\"/pathway/joint-assessment\"");
        assertThat(row(page, "cla.name-iro")).contains("Independent reviewing manager", "Our own rule");
        assertThat(row(page, "assessment.complete")).contains("The process says: see its steps");
        assertThat(row(page, "contact.confirm")).contains("Nobody is told by the program");
        assertThat(row(page, "screening.declined")).as("named by a rule alone").contains("href=\"/pathway/identification\"", "href=\"/pathway/parent-screening\"");
        assertThat(row(page, "cla.invite")).contains("10 working days before");
        assertThat(row(page, "contact.notice")).contains("By the end of the same day", "Not confirmed in any source");
    }

    private static String written(String column, String rule) {
        return all("-" + column + "\">\\s*<text>(.*?)</text>", rule).get(0).replaceAll("^\"|\"$", "").replace("\\\"", "\"");
    }

    /** What is read off the table is what the engine works out of it. */
    @Test
    void theTimeLimitsAreThoseThatClocksRunBy() {
        assertThat(rulebook.limits()).allSatisfy(limit -> assertThat(timescales.of(limit.timescale().clock())).isEqualTo(limit.timescale()));
    }

    @Test
    void aTableOfRulesIsReadAsATable() throws Exception {
        for (Path file : models("dmn")) {
            if (stem(file).equals("timescales")) {
                continue;
            }
            String model = Files.readString(file);
            for (String decision : all("<decision id=\"([^\"]+)\"", model)) {
                String page = page("/pathway/rules/" + decision);
                for (MatchResult rule : Pattern.compile("<rule id=\"([^\"]+)\">\\s*<description>(.*?)</description>", Pattern.DOTALL).matcher(model).results().toList()) {
                    assertThat(row(page, rule.group(1))).contains(HtmlUtils.htmlUnescape(rule.group(2)));
                }
                assertThat(all("<td[^>]*>(.*?)</td>", page)).as("nothing of the language of the table in " + decision).noneMatch(cell -> cell.matches("(?s).*(\"|list contains|adultRole|familyLevel|[<>]=).*") && !cell.contains("<"));
            }
        }
        assertThat(row(page("/pathway/rules/red-flags"), "red-flags-RF-09")).contains("misses appointments or treatment",
                "Work with services: Misses appointments or treatment, or Does not take part, or Does not see the effect on the children", "RF-09", "Act on the same day");
        assertThat(row(page("/pathway/rules/family-threshold"), "interaction-just-below")).contains("Level of the child: 2 or more", "Need of the adult: Just below the bar");
        assertThat(row(page("/pathway/rules/assessment-delay"), "review1NoAdultSide")).contains("First look", "No", "Anything", "Children’s social worker, Adult practitioner of the family");
        assertThat(page("/pathway/rules/family-threshold")).contains("Where it comes from: SCIE guide 30", "Of all lines that fit, the highest number counts");
        for (String wrong : List.of("/pathway/rules/nothing", "/pathway/rules/timescales", "/pathway/nothing", "/pathway/nothing/diagram")) {
            assertThat(answer(wrong, SERVICE_MANAGER).getStatus()).as(wrong).isEqualTo(404);
        }
    }

    /** Nobody reads a code. The name of a column is that of its variable, else its expression. */
    @Test
    void everyCodeOfATableHasWords() throws IOException {
        List<String> without = new ArrayList<>();
        for (Path file : models("dmn")) {
            for (DecisionTable table : stem(file).equals("timescales") ? List.<DecisionTable>of() : Dmn.readModelFromFile(file.toFile()).getModelElementsByType(DecisionTable.class)) {
                List<String> inputs = table.getInputs().stream().map(input -> input.getCamundaInputVariable() == null ? input.getInputExpression().getText().getTextContent() : input.getCamundaInputVariable()).toList();
                List<String> outputs = table.getOutputs().stream().map(Output::getName).toList();
                for (Rule rule : table.getRules()) {
                    List<String> asked = rule.getInputEntries().stream().map(entry -> entry.getText().getTextContent()).toList();
                    List<String> said = rule.getOutputEntries().stream().map(entry -> entry.getText().getTextContent().strip()).toList();
                    for (int at = 0; at < inputs.size(); at++) {
                        for (String code : all("\"([A-Za-z0-9-]+)\"", asked.get(at))) {
                            without.addAll(wordless(inputs.get(at), code));
                        }
                    }
                    for (int at = 0; at < outputs.size(); at++) {
                        if (said.get(at).matches("\"[a-z0-9-]+(,[a-z0-9-]+)*\"")) {
                            for (String code : said.get(at).replace("\"", "").split(",")) {
                                without.addAll(wordless(outputs.get(at), code));
                            }
                        }
                    }
                }
            }
        }
        assertThat(without.stream().distinct()).isEmpty();
    }

    private List<String> wordless(String column, String code) {
        String general = messages.getMessage("decision.value." + code, null, "", Locale.UK);
        return messages.getMessage("decision.value." + column + "." + code, null, general, Locale.UK).isEmpty() ? List.of(column + " " + code) : List.of();
    }

    /** Addresses that pages of the pathway lead to, with the row they name. */
    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        Set<String> links = new TreeSet<>();
        for (String path : Stream.concat(Stream.of("/pathway", "/pathway/time-limits"), models("bpmn").stream().map(file -> "/pathway/" + stem(file))).toList()) {
            links.addAll(all("href=\"(/(?:pathway|forms)[^\"]*)\"", page(path)));
        }
        assertThat(links).hasSizeGreaterThan(100);
        Map<String, String> pages = links.stream().map(link -> link.replaceAll("#.*", "")).distinct().collect(Collectors.toMap(Function.identity(), link -> {
            try {
                return page(link);
            } catch (Exception problem) {
                throw new AssertionError(link, problem);
            }
        }));
        assertThat(links.stream().filter(link -> link.contains("#")).filter(link -> !pages.get(link.replaceAll("#.*", "")).contains("id=\"" + link.replaceAll(".*#", "") + "\""))).isEmpty();
    }

    @Test
    void aDecisionOfAFamilyAndItsClocksLeadHere() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Ruled");
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        long decision = jdbc.sql("select min(id) from decision_taken where family_ref = ? and decision = 'child-level'").param(family.ref()).query(Long.class).single();
        String rule = jdbc.sql("select rules ->> 0 from decision_taken where id = ?").param(decision).query(String.class).single();
        String page = HtmlUtils.htmlUnescape(answer("/families/" + family.ref() + "/decisions/" + decision, TestFamily.PRACTITIONER).getContentAsString());
        Matcher card = Pattern.compile("<h3 class=\"govuk-summary-card__title\">(.*?)</h3>.*?href=\"([^\"]+)\".*?<dd[^>]*>(.*?)</dd>", Pattern.DOTALL).matcher(page);
        assertThat(card.find()).isTrue();
        assertThat(card.group(2)).isEqualTo("/pathway/rules/child-level#" + rule);
        assertThat(row(page("/pathway/rules/child-level"), rule)).contains(card.group(1));
        assertThat(page).contains("Where it comes from: the four levels");
        assertThat(answer("/families/" + family.ref(), TestFamily.PRACTITIONER).getContentAsString()).contains("href=\"/pathway/time-limits#referral.decide\"", "href=\"/pathway/referral\"");
    }
}
