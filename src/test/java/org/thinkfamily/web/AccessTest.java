package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.pathway.Pathway;

/** Who may reach what: every route with every kind of asker. A route without a row here fails the build. */
@ThinkFamilyTest
class AccessTest {

    /** The named practitioner; a colleague in the same team and role; the other adult service; the practitioner's manager; nobody. */
    private static final List<String> ASKERS = Arrays.asList(TestFamily.PRACTITIONER, "tom.ellery", "dee.marsh", "ruth.okafor", null);
    private static final List<String> OUTSIDE = List.of("tom.ellery", "dee.marsh");
    /** A page sends nobody to the sign-in page. */
    private static final int SIGN_IN = 302;

    @Autowired
    private MockMvc web;
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping routes;
    @Autowired
    private Families families;
    @Autowired
    private Involvements involvements;
    @Autowired
    private Pathway pathway;
    @Autowired
    private JdbcClient jdbc;

    /** A family with what it takes to fill in any address. */
    private record Case(TestFamily family, String name, String task, long entry, long decision, long clock, Pathway.Running running) {

        String path(String pattern, String named) {
            return pattern.replace("/work/{task}", task).replace("/work/{id}", task).replace("{family}", family.ref()).replace("{ref}", family.ref())
                    .replace("{process}", named.equals("PROCESS") ? running.processId() : named).replace("{form}", "screening").replace("{message}", named).replace("{key}", named).replace("{decision}", named).replace("{name}", named).replace("/entries/{id}", "/entries/" + entry).replace("/decisions/{id}", "/decisions/" + decision).replace("/clocks/{id}", "/clocks/" + clock)
                    .replace("{definition}", running.definitionId()).replace("{item}", "entry-" + entry).replace("{import}", "0").replace("{file}", "0")
                    .replace("/deputies/{id}", "/deputies/0").replace("{check}", "0").replace("{match}", "0").replace("{merge}", "0").replace("{request}", "0").replace("{change}", "0").replace("{sharing}", "0").replace("{person}/own-copy", family.mother() + "/own-copy").replace("{person}", String.valueOf(family.mia()));
        }
    }

    /** @param name what stands for the process or message in the address; parameters follow as {@code name=value}, {@code F} being the family */
    private record Row(HttpMethod method, String pattern, String name, List<String> parameters, List<Integer> expected) {

        MockHttpServletRequestBuilder request(Case asked) {
            MockHttpServletRequestBuilder request = address(asked);
            parameters.forEach(parameter -> {
                String value = parameter.substring(parameter.indexOf('=') + 1);
                if (parameter.startsWith("json=")) {
                    request.contentType(MediaType.APPLICATION_JSON).content(value.replace("'", "\"").replace("\"F\"", '"' + asked.family().ref() + '"'));
                    return;
                }
                request.param(parameter.substring(0, parameter.indexOf('=')), value.equals("F") || value.endsWith("/F") ? value.substring(0, value.length() - 1) + asked.family().ref() : value);
            });
            return request;
        }

        private MockHttpServletRequestBuilder address(Case asked) {
            return MockMvcRequestBuilders.request(method, asked.path(pattern, name));
        }
    }

    private static Row row(String route, String name, String parameters, Integer... expected) {
        String[] parts = route.split(" ");
        return new Row(HttpMethod.valueOf(parts[0]), parts[1], name, parameters.isEmpty() ? List.of() : List.of(parameters.split("&")), List.of(expected));
    }

    private static final List<Row> TABLE = List.of(
            //                                              involved, same team, other service, manager, nobody
            row("GET /", "", "",                                  302, 302, 302, 302, SIGN_IN),
            row("GET /work", "", "",                              200, 200, 200, 200, SIGN_IN),
            row("GET /work/team", "", "",                         200, 200, 200, 200, SIGN_IN),
            row("GET /work/team/late-elsewhere", "", "",          200, 200, 200, 200, SIGN_IN),
            row("GET /work/team/oversight", "", "",               403, 403, 403, 200, SIGN_IN),
            row("POST /work/team/hand-over", "", "to=tom.ellery", 302, 302, 302, 302, SIGN_IN),
            row("GET /cases", "", "",                             200, 200, 200, 200, SIGN_IN),
            row("GET /find", "", "",                              200, 200, 200, 200, SIGN_IN),
            row("POST /find", "", "q=F",                          200, 200, 200, 200, SIGN_IN),
            row("GET /messages", "", "",                          403, 403, 403, 200, SIGN_IN),
            row("GET /start", "", "",                             200, 200, 200, 200, SIGN_IN),

            row("GET /work/{task}", "", "",                       200, 404, 404, 200, SIGN_IN),
            row("POST /work/{task}", "", "again=true",            302, 404, 404, 409, SIGN_IN),
            row("GET /work/{task}/check", "", "",                 302, 404, 404, 409, SIGN_IN),
            row("POST /work/{task}/check", "", "once=1",          302, 404, 404, 409, SIGN_IN),
            row("POST /work/{task}/draft", "", "firstName=A",     204, 404, 404, 409, SIGN_IN),
            row("PUT /work/{task}/draft", "", "firstName=A",      204, 404, 404, 409, SIGN_IN),
            row("POST /work/{id}/claim", "", "",                  302, 404, 404, 409, SIGN_IN),
            row("POST /work/{id}/release", "", "",                302, 404, 404, 302, SIGN_IN),
            row("POST /work/{id}/hand-over", "", "to=tom.ellery", 302, 404, 404, 302, SIGN_IN),
            row("POST /work/{id}/hand-over", "", "to=dee.marsh",  403, 404, 404, 403, SIGN_IN),

            row("GET /work/{task}/blank", "", "",                 200, 404, 404, 200, SIGN_IN),
            row("GET /forms", "", "",                             200, 200, 200, 200, SIGN_IN),
            row("GET /forms/{process}/{form}", "identification", "", 200, 200, 200, 200, SIGN_IN),
            row("GET /forms/{process}/{form}", "no-such-process", "", 404, 404, 404, 404, SIGN_IN),
            row("GET /pathway", "", "",                           200, 200, 200, 200, SIGN_IN),
            row("GET /glossary", "", "",                          200, 200, 200, 200, SIGN_IN),
            row("GET /pathway/{process}", "referral", "",         200, 200, 200, 200, SIGN_IN),
            row("GET /pathway/{process}", "no-such-process", "",  404, 404, 404, 404, SIGN_IN),
            row("GET /pathway/{process}/diagram", "referral", "", 200, 200, 200, 200, SIGN_IN),
            row("GET /pathway/time-limits", "", "",               200, 200, 200, 200, SIGN_IN),
            row("GET /pathway/rules/{decision}", "red-flags", "", 200, 200, 200, 200, SIGN_IN),
            row("GET /start/{process}/blank", "identification", "",          200, 200, 200, 404, SIGN_IN),
            row("GET /start/{process}/blank", "identification", "family=F",  200, 404, 404, 404, SIGN_IN),
            row("GET /families/{family}/changes/{message}/blank", "review-brought-forward", "", 200, 404, 404, 404, SIGN_IN),
            row("GET /start/{process}", "identification", "",                200, 200, 200, 404, SIGN_IN),
            row("GET /start/{process}", "identification", "family=F",        200, 404, 404, 404, SIGN_IN),
            row("POST /start/{process}", "identification", "again=true&family=F",   302, 404, 404, 404, SIGN_IN),
            row("GET /start/{process}/check", "referral", "family=F",        302, 404, 404, 302, SIGN_IN),
            row("POST /start/{process}/check", "referral", "family=F",       302, 404, 404, 302, SIGN_IN),
            row("POST /start/{process}/discard", "referral", "family=F",     302, 404, 404, 302, SIGN_IN),
            row("POST /start/{process}/draft", "referral", "family=F",       204, 404, 404, 204, SIGN_IN),
            row("PUT /start/{process}/draft", "referral", "family=F",        204, 404, 404, 204, SIGN_IN),
            row("GET /start/{process}", "joint-assessment", "family=F",      404, 404, 404, 404, SIGN_IN),

            row("GET /families/{ref}", "", "",                               200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/entries/{id}", "", "",                  200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/files", "", "",           302, 404, 404, 302, SIGN_IN),
            row("GET /families/{ref}/entries/{id}/files/{file}", "", "",     404, 404, 404, 404, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/files/{file}/remove", "", "reason=Wrong", 404, 404, 404, 404, SIGN_IN),
            row("GET /api/v1/families/{ref}/entries/{id}/files", "", "",                200, 404, 404, 200, 401),
            row("POST /api/v1/families/{ref}/entries/{id}/files", "", "",               422, 404, 404, 422, 401),
            row("GET /api/v1/families/{ref}/entries/{id}/files/{file}", "", "",         404, 404, 404, 404, 401),
            row("POST /api/v1/families/{ref}/entries/{id}/files/{file}/removal", "", "json={'reason':'Wrong'}", 404, 404, 404, 404, 401),
            row("GET /families/{ref}/entries/{id}/correct", "", "",          200, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/correct", "", "again=true", 302, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/correct/draft", "", "firstName=A", 204, 404, 404, 403, SIGN_IN),
            row("GET /families/{ref}/entries/{id}/correct/check", "", "",    302, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/correct/check", "", "reason=Wrong", 302, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/entries/{id}/copies", "", "list=a&question=b&person=1", 404, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/clocks/{id}/why", "", "reason=Waiting", 302, 404, 404, 302, SIGN_IN),
            row("GET /families/{ref}/decisions/{id}", "", "",                200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/people/{person}", "", "",               200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/people/{person}/correct", "", "",      302, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/people/{person}/twice", "", "",         200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/people/{person}/twice", "", "other=0", 404, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/merges/{merge}", "", "",                404, 404, 404, 404, SIGN_IN),
            row("POST /families/{ref}/merges/{merge}/join", "", "reason=Same", 404, 404, 404, 404, SIGN_IN),
            row("POST /families/{ref}/merges/{merge}/undo", "", "reason=Other", 404, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/emergency", "", "",                     302, 200, 200, 302, SIGN_IN),
            row("POST /families/{ref}/emergency", "", "reason=A child is in danger&hours=25", 302, 200, 200, 302, SIGN_IN),
            row("GET /deputies", "", "",                          200, 200, 200, 200, SIGN_IN),
            row("POST /deputies", "", "deputy=dee.marsh",         200, 200, 200, 200, SIGN_IN),
            row("POST /deputies/{id}/end", "", "",                404, 404, 404, 404, SIGN_IN),
            row("GET /api/v1/deputies", "", "",                                         200, 200, 200, 200, 401),
            row("POST /api/v1/deputies", "", "json={'deputy':'dee.marsh'}",             422, 422, 422, 422, 401),
            row("DELETE /api/v1/deputies/{id}", "", "",                                 404, 404, 404, 404, 401),
            row("GET /api/v1/families/{ref}/emergencies", "", "",                       200, 404, 404, 200, 401),
            row("POST /api/v1/families/{ref}/emergencies", "", "json={'reason':' '}",   422, 422, 422, 422, 401),
            row("GET /families/{ref}/handovers/{change}", "", "",            404, 404, 404, 404, SIGN_IN),
            row("GET /api/v1/families/{ref}/changes-of-worker", "", "",                 200, 404, 404, 200, 401),
            row("GET /families/{ref}/summary", "", "",                       200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/story", "", "",                         200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/who-looked", "", "",                    403, 404, 404, 200, SIGN_IN),
            row("GET /information-governance", "", "",                       403, 403, 403, 403, SIGN_IN),
            row("POST /information-governance/find", "", "ref=F",            403, 403, 403, 403, SIGN_IN),
            row("POST /information-governance/families", "", "ref=F&reason=Why", 403, 403, 403, 403, SIGN_IN),
            row("GET /information-governance/due", "", "",                   403, 403, 403, 403, SIGN_IN),
            row("GET /information-governance/certificates", "", "",          403, 403, 403, 403, SIGN_IN),
            row("GET /families/{ref}/retention", "", "",                     403, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/hold", "", "what=set&reason=Claim",    403, 403, 403, 403, SIGN_IN),
            row("POST /families/{ref}/let-go", "", "",                       403, 403, 403, 403, SIGN_IN),
            row("GET /access-requests", "", "",                              403, 403, 403, 403, SIGN_IN),
            row("GET /families/{ref}/access-requests/{request}", "", "",     403, 404, 404, 403, SIGN_IN),
            row("POST /families/{ref}/access-requests/{request}", "", "",    403, 403, 403, 403, SIGN_IN),
            row("GET /families/{ref}/access-requests/{request}/document", "", "", 403, 404, 404, 403, SIGN_IN),
            row("GET /caseload-check", "", "",                               403, 403, 403, 200, SIGN_IN),
            row("GET /families/{ref}/sharing", "", "",                       200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/sharing/{sharing}/document", "", "",    404, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/people/{person}/own-copy", "", "",      200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/chronology", "", "",                    200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/chronology/items/{item}", "", "",       200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/chronology/items/{item}", "", "significant=true&reason=Why", 302, 404, 404, 302, SIGN_IN),
            row("GET /families/{ref}/chronology/import", "", "",             200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/chronology/import", "", "",            200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/chronology/import/confirm", "", "csv=wrong", 200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/chronology/imports/{import}/withdraw", "", "reason=Wrong", 404, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/documents", "", "",                     200, 404, 404, 200, SIGN_IN),
            row("POST /families/{ref}/documents", "", "what=summary&purpose=Conference&recipient=self", 200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/processes/{process}", "PROCESS", "",    200, 404, 404, 200, SIGN_IN),
            row("GET /families/{ref}/processes/{process}", "no-such-process", "", 404, 404, 404, 404, SIGN_IN),
            row("GET /families/{ref}/diagrams/{definition}", "", "",         200, 404, 404, 200, SIGN_IN),
            row("GET /families/{family}/changes/{message}", "review-brought-forward", "",            200, 404, 404, 404, SIGN_IN),
            row("POST /families/{family}/changes/{message}", "review-brought-forward", "again=true", 302, 404, 404, 404, SIGN_IN),
            row("GET /families/{family}/changes/{message}/check", "review-brought-forward", "",      302, 404, 404, 404, SIGN_IN),
            row("POST /families/{family}/changes/{message}/check", "review-brought-forward", "",     302, 404, 404, 404, SIGN_IN),
            row("POST /families/{family}/changes/{message}/draft", "review-brought-forward", "",     204, 404, 404, 404, SIGN_IN),
            row("PUT /families/{family}/changes/{message}/draft", "review-brought-forward", "",      204, 404, 404, 404, SIGN_IN),
            row("GET /families/{family}/changes/{message}", "care-ended", "",                        404, 404, 404, 404, SIGN_IN),

            row("GET /known", "", "",                             200, 200, 200, 200, SIGN_IN),
            row("POST /known", "", "lastName=Secret",             200, 200, 200, 200, SIGN_IN),
            row("GET /known/to-confirm", "", "",                  200, 200, 200, 200, SIGN_IN),
            row("GET /known/{check}", "", "",                     404, 404, 404, 404, SIGN_IN),
            row("POST /known/{check}/ask", "", "",                404, 404, 404, 404, SIGN_IN),
            row("POST /known/matches/{match}", "", "what=confirm", 404, 404, 404, 404, SIGN_IN),

            row("POST /printed", "", "page=/work",                204, 204, 204, 204, SIGN_IN),
            row("POST /printed", "", "page=/families/F",          204, 404, 404, 204, SIGN_IN),
            row("POST /session/extend", "", "",                   204, 204, 204, 204, SIGN_IN),
            row("GET /signin", "", "",                            200, 200, 200, 200, 200),
            row("GET /about", "", "",                             200, 200, 200, 200, 200),

            row("GET /demo/clock", "", "",                        403, 403, 403, 200, SIGN_IN),
            row("POST /demo/clock", "", "advance=backwards",      403, 403, 403, 403, SIGN_IN),

            row("GET /api-docs", "", "",                          200, 200, 200, 200, 200),

            row("GET /api/v1/me", "", "",                                               200, 200, 200, 200, 401),
            row("GET /api/v1/pathways", "", "",                                         200, 200, 200, 200, 401),
            row("GET /api/v1/pathways/{key}/form", "identification", "",                200, 200, 200, 404, 401),
            row("POST /api/v1/pathways/{key}", "identification", "json={'answers':{}}", 422, 422, 422, 404, 401),
            row("POST /api/v1/pathways/{key}", "referral", "json={'answers':{},'family':'F'}", 422, 404, 404, 422, 401),
            row("GET /api/v1/work", "", "",                                             200, 200, 200, 200, 401),
            row("GET /api/v1/work", "", "scope=family&family=F",                        200, 404, 404, 200, 401),
            row("GET /api/v1/work/{id}", "", "",                                        200, 404, 404, 200, 401),
            row("GET /api/v1/work/{id}/form", "", "",                                   200, 404, 404, 200, 401),
            row("POST /api/v1/work/{id}/claim", "", "",                                 200, 404, 404, 409, 401),
            row("POST /api/v1/work/{id}/release", "", "",                               200, 404, 404, 200, 401),
            row("PUT /api/v1/work/{id}/draft", "", "json={'answers':{}}",               204, 404, 404, 409, 401),
            row("POST /api/v1/work/{id}/complete", "", "json={'answers':{}}",           422, 404, 404, 409, 401),
            row("POST /api/v1/known-checks", "", "json={'lastName':'F'}",                422, 422, 422, 422, 401),
            row("GET /api/v1/known-checks", "", "",                                     200, 200, 200, 200, 401),
            row("GET /api/v1/known-checks/{check}", "", "",                             404, 404, 404, 404, 401),
            row("POST /api/v1/known-checks/{check}/ask", "", "",                        404, 404, 404, 404, 401),
            row("GET /api/v1/families", "", "query=Secret",                             200, 200, 200, 200, 401),
            row("POST /api/v1/families/search", "", "json={'query':'F'}",               200, 200, 200, 200, 401),
            row("GET /api/v1/families/{ref}", "", "",                                   200, 404, 404, 200, 401),
            row("GET /api/v1/families/{ref}/entries", "", "",                           200, 404, 404, 200, 401),
            row("GET /api/v1/families/{ref}/who-looked", "", "",                        403, 404, 404, 200, 401),
            row("GET /api/v1/caseload-check", "", "",                                   403, 403, 403, 200, 401),
            row("GET /api/v1/families/{ref}/chronology", "", "",                        200, 404, 404, 200, 401),
            row("GET /api/v1/families/{ref}/clocks", "", "",                            200, 404, 404, 200, 401),
            row("GET /api/v1/families/{ref}/decisions", "", "",                         200, 404, 404, 200, 401),
            row("POST /api/v1/families/{ref}/entries/{id}/corrections", "", "json={'answers':{},'reason':'Wrong.'}", 422, 404, 404, 403, 401),
            row("POST /api/v1/messages/{name}", "no-such-message", "json={'family':'F','facts':{}}", 404, 404, 404, 404, 401),
            row("GET /api/v1/demo/users", "", "",                                       200, 200, 200, 200, 200),
            row("GET /api/v1/demo/clock", "", "",                                       200, 200, 200, 200, 401),
            row("POST /api/v1/demo/clock", "", "json={'advance':'backwards'}",          422, 422, 422, 422, 401));

    private Case fresh() {
        TestFamily family = TestFamily.open(families, jdbc, "Secret" + UUID.randomUUID());
        String name = jdbc.sql("select last_name from person where id = ?").param(family.mia()).query(String.class).single();
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        pathway.send("child-looked-after", family.ref(), Map.of("child", family.mia(), "adult", family.mother(), "adultRole", "adult-mental-health-practitioner",
                "lookedAfterOn", families.today().toString()));
        long entry = jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Shown', 'shown', 'shown', key_, 1, deployment_id_, '{}', '{}', 'asha.patel', 'Asha Patel', 'adult-mental-health-practitioner', 'Northmoor', now()
                  from act_re_camformdef where key_ = 'adult-accepted' limit 1 returning id
                """).param(family.ref()).query(Long.class).single();
        long decision = jdbc.sql("select min(id) from decision_taken where family_ref = ?").param(family.ref()).query(Long.class).single();
        long clock = jdbc.sql("select min(id) from clock where family_ref = ?").param(family.ref()).query(Long.class).single();
        return new Case(family, name, family.showTask(jdbc, "adult-accepted"), entry, decision, clock, pathway.running(family.ref()).get(0));
    }

    @Test
    @Requirement("S-221")
    void everyRouteAnswersEveryAskerAsTheTableSays() throws Exception {
        List<String> wrong = new ArrayList<>();
        Case shared = fresh();
        for (Row row : TABLE) {
            for (int asker = 0; asker < ASKERS.size(); asker++) {
                String who = ASKERS.get(asker);
                Case asked = row.method() == HttpMethod.GET ? shared : fresh();
                MockHttpServletResponse answer = ask(row.request(asked), who);
                String what = "%s %s %s %s as %s".formatted(row.method(), row.pattern(), row.name(), row.parameters(), who);
                if (answer.getStatus() != row.expected().get(asker)) {
                    wrong.add(what + ": " + answer.getStatus() + " instead of " + row.expected().get(asker));
                }
                if (who == null && answer.getStatus() == SIGN_IN && !answer.getRedirectedUrl().endsWith("/signin")) {
                    wrong.add(what + ": sent to " + answer.getRedirectedUrl());
                }
                if ((who == null || OUTSIDE.contains(who)) && answer.getContentAsString().contains(asked.name())) {
                    wrong.add(what + ": names the family");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Who governs information: sees a family only once they work with its record for a reason, and no longer than that. */
    @Test
    void whoGovernsInformationWorksWithARecordForAReasonAndNoLonger() throws Exception {
        String officer = "edith.quill";
        String ref = fresh().family().ref();
        for (String path : List.of("/information-governance", "/information-governance/due", "/information-governance/certificates", "/access-requests")) {
            assertThat(ask(get(path), officer).getStatus()).as(path).isEqualTo(200);
        }
        List<String> pages = List.of("/families/" + ref, "/families/" + ref + "/retention", "/start/destruction?family=" + ref, "/start/subject-access?family=" + ref);
        for (String page : pages) {
            assertThat(ask(get(page), officer).getStatus()).as(page + " before").isEqualTo(404);
        }
        assertThat(ask(post("/families/" + ref + "/hold").param("what", "set").param("reason", "A claim"), officer).getStatus()).isEqualTo(404);
        assertThat(ask(post("/information-governance/find").param("ref", ref), officer).getContentAsString()).contains(ref);
        assertThat(ask(post("/information-governance/families").param("ref", ref), officer).getContentAsString()).contains("Say why");
        assertThat(ask(post("/information-governance/families").param("ref", ref).param("reason", "A claim was made"), officer).getStatus()).isEqualTo(302);
        for (String page : pages) {
            assertThat(ask(get(page), officer).getStatus()).as(page).isEqualTo(200);
        }
        assertThat(ask(get("/families/" + ref), "jonas.reed").getStatus()).as("the team's other officer").isEqualTo(200);
        assertThat(ask(post("/families/" + ref + "/hold").param("what", "set").param("reason", "A claim was made"), officer).getStatus()).isEqualTo(302);
        assertThat(ask(get("/families/" + ref), officer).getContentAsString()).contains("Legal hold");
        assertThat(ask(get("/families/" + ref), "ruth.okafor").getContentAsString()).contains("Legal hold");
        assertThat(ask(get("/families/" + ref), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain("Legal hold");
        assertThat(ask(get("/families/" + ref + "/access-requests/0"), officer).getStatus()).isEqualTo(404);
        assertThat(ask(post("/families/" + ref + "/let-go"), officer).getStatus()).isEqualTo(302);
        for (String page : pages) {
            assertThat(ask(get(page), officer).getStatus()).as(page + " afterwards").isEqualTo(404);
        }
        assertThat(jdbc.sql("select action || ' ' || coalesce(reason, '') from audit_event where family_ref = ? and username = ? and action in ('governance.take-on', 'hold.set', 'governance.let-go') order by id")
                .param(ref).param(officer).query(String.class).list()).containsExactly("governance.take-on A claim was made", "hold.set A claim was made", "governance.let-go ");
    }

    /** Routes that name no family and change nothing; the others leave a row in the audit, and a refusal does on each. */
    private static final Set<String> NOTHING_TO_AUDIT = Set.of("GET /", "POST /work/team/hand-over", "GET /deputies", "POST /deputies", "GET /api/v1/deputies", "GET /find", "GET /start", "GET /start/{process}", "GET /start/{process}/check", "GET /forms", "GET /glossary", "GET /pathway", "GET /pathway/{process}", "GET /pathway/{process}/diagram", "GET /pathway/time-limits", "GET /pathway/rules/{decision}", "GET /about", "GET /signin",
            "GET /api-docs", "POST /session/extend", "GET /demo/clock", "POST /demo/clock", "GET /api/v1/me", "GET /api/v1/pathways", "GET /api/v1/pathways/{key}/form",
            "GET /api/v1/demo/users", "GET /api/v1/demo/clock", "POST /api/v1/demo/clock");

    /** Who, what and whether it was done, for every route that is answered or refused; the family by its reference where the address names one that exists. */
    @Test
    @Requirement("S-221")
    void everyRouteLeavesItsRowInTheAudit() throws Exception {
        record Written(String username, String action, String family, String outcome) { }
        List<String> wrong = new ArrayList<>();
        Case shared = fresh();
        for (Row row : TABLE) {
            for (String who : List.of(TestFamily.PRACTITIONER, "dee.marsh", "ruth.okafor")) {
                Case asked = row.method() == HttpMethod.GET || who.equals("dee.marsh") ? shared : fresh();
                long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
                int status = ask(row.request(asked), who).getStatus();
                List<Written> written = jdbc.sql("select username, action, family_ref as family, outcome from audit_event where id > ? and username = ?").param(before).param(who)
                        .query(Written.class).list();
                String what = "%s %s %s %s as %s: %d, %s".formatted(row.method(), row.pattern(), row.name(), row.parameters(), who, status, written);
                boolean named = row.pattern().contains("{ref}") || row.pattern().contains("{family}") || row.parameters().contains("family=F");
                if (status == 403 || status == 404) {
                    if (written.stream().noneMatch(each -> each.outcome().equals("refused") && each.action().equals(row.method() + " " + row.pattern())
                            && (!named || asked.family().ref().equals(each.family())))) {
                        wrong.add(what);
                    }
                } else if (status < 400 && (named || !NOTHING_TO_AUDIT.contains(row.method() + " " + row.pattern())) && written.stream().noneMatch(each -> each.outcome().equals("done"))) {
                    wrong.add(what);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A family that does not exist leaves a refusal, and no reference. */
    @Test
    void whatDoesNotExistIsRefusedLikeWhatMayNotBeKnown() throws Exception {
        long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
        for (String ref : List.of("F-999999999", "Smith")) {
            assertThat(ask(get("/families/" + ref), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        }
        assertThat(jdbc.sql("select coalesce(family_ref, '') || coalesce(subject, '') || outcome from audit_event where id > ? and action = 'GET /families/{ref}'").param(before)
                .query(String.class).list()).containsExactly("refused", "refused");
    }

    @Test
    void everyRouteHasARow() {
        Set<String> known = new TreeSet<>();
        routes.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getPackageName().startsWith("org.thinkfamily")) {
                mapping.getPatternValues().forEach(pattern -> mapping.getMethodsCondition().getMethods().forEach(method -> known.add(method + " " + pattern)));
            }
        });
        Set<String> rows = new TreeSet<>();
        TABLE.forEach(row -> rows.add(row.method() + " " + row.pattern()));
        assertThat(rows).isEqualTo(known);
    }

    @Test
    void whatLibrariesServeNeedsASignIn() throws Exception {
        Set<String> open = new LinkedHashSet<>();
        for (var route : routes.getHandlerMethods().entrySet()) {
            if (route.getValue().getBeanType().getPackageName().startsWith("org.thinkfamily")) {
                continue;
            }
            for (String pattern : route.getKey().getPatternValues()) {
                if (!pattern.contains("{") && !pattern.equals("/error") && ask(get(pattern), null).getStatus() < 300) {
                    open.add(pattern);
                }
            }
        }
        assertThat(open).as("only the description of the API is for everybody").allMatch(pattern -> pattern.startsWith("/v3/api-docs"));
    }

    @Test
    void aFormIsRefusedThatDoesNotComeFromAPageOfOurs() throws Exception {
        Case asked = fresh();
        for (Row row : TABLE) {
            if (row.method() != HttpMethod.GET && !row.pattern().startsWith("/api/")) {
                assertThat(web.perform(row.request(asked).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getStatus()).as(row.method() + " " + row.pattern()).isEqualTo(403);
            }
        }
    }

    @Test
    void idsOfOneFamilyOpenNothingUnderTheNameOfAnother() throws Exception {
        Case mine = fresh();
        TestFamily theirs = TestFamily.open(families, jdbc, "Secret");
        jdbc.sql("delete from involvement where family_ref = ?").param(theirs.ref()).update();
        Case other = fresh();
        for (Function<Case, String> path : List.<Function<Case, String>>of(each -> "/entries/" + each.entry(), each -> "/decisions/" + each.decision())) {
            assertThat(ask(get("/families/" + mine.family().ref() + path.apply(other)), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        }
        assertThat(ask(get("/families/" + theirs.ref()), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        assertThat(ask(get("/families/F-0"), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
    }

    @Test
    void nobodyReadsAnothersDraft() throws Exception {
        Case asked = fresh();
        ask(post(asked.task() + "/draft").param("firstName", "Written by Asha"), TestFamily.PRACTITIONER);
        assertThat(ask(get(asked.task()), TestFamily.PRACTITIONER).getContentAsString()).contains("Written by Asha");
        assertThat(ask(get("/api/v1" + asked.task() + "/form"), "ruth.okafor").getContentAsString()).doesNotContain("Written by Asha");
        assertThat(ask(get(asked.task()), "ruth.okafor").getContentAsString()).doesNotContain("Written by Asha");
    }

    @Test
    void accessEndsWithTheInvolvement() throws Exception {
        Case asked = fresh();
        jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and username = ?").param(asked.family().ref()).param(TestFamily.PRACTITIONER).update();
        jdbc.sql("update work_item set assignee = 'tom.ellery' where family_ref = ? and assignee = ?").param(asked.family().ref()).param(TestFamily.PRACTITIONER).update();
        assertThat(ask(get("/families/" + asked.family().ref()), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        assertThat(ask(post("/find").param("q", asked.name()), "joan.whitlock").getContentAsString()).contains(asked.family().ref());
        assertThat(ask(post("/find").param("q", asked.name()), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain(asked.family().ref());
    }

    /** Neither a task that is done nor one that is still held keeps a family open for who is no longer involved with it. */
    @Test
    @Requirement("S-221")
    void aTaskOpensNothingOnceTheInvolvementHasEnded() throws Exception {
        Case done = fresh();
        Case open = fresh();
        jdbc.sql("update work_item set done_at = now(), done_by = assignee, entry_id = ? where '/work/' || id = ?").param(done.entry()).param(done.task()).update();
        assertThat(ask(get(done.task()), TestFamily.PRACTITIONER).getStatus()).isEqualTo(200);
        for (Case ended : List.of(done, open)) {
            jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and username = ?").param(ended.family().ref()).param(TestFamily.PRACTITIONER).update();
            for (String path : List.of(ended.task(), ended.task() + "/check", "/api/v1" + ended.task(), "/api/v1" + ended.task() + "/form")) {
                assertThat(ask(get(path), TestFamily.PRACTITIONER).getStatus()).as(path).isEqualTo(404);
            }
            assertThat(ask(post(ended.task() + "/draft").param("firstName", "A"), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
            assertThat(ask(get("/work"), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain(ended.name());
            assertThat(ask(get("/api/v1/work").param("limit", "200"), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain(ended.family().ref());
        }
    }

    /** Who takes over from a named worker has the open tasks; who was named before sees nothing more. */
    @Test
    void whoTakesOverHasTheOpenTasks() throws Exception {
        Case asked = fresh();
        involvements.name(asked.family().ref(), "adult-mental-health-practitioner", "tom.ellery");
        assertThat(ask(get(asked.task()), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        assertThat(ask(get("/families/" + asked.family().ref()), TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
        assertThat(ask(post(asked.task() + "/draft").param("firstName", "A"), "tom.ellery").getStatus()).isEqualTo(204);
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        request.with(csrf());
        return web.perform(who == null ? request : request.with(user(who))).andReturn().getResponse();
    }
}
