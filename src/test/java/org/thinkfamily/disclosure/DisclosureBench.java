package org.thinkfamily.disclosure;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.TestFamily;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.bench.Table;
import org.thinkfamily.family.Families;
import org.thinkfamily.retention.Governance;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** A request about somebody of whom more than 3,000 items are held: how long it takes to open it, to show a page of it and to draw the answer. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.demo.families=0", "thinkfamily.data-dir=target/bench/disclosure"})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
class DisclosureBench {

    private static final int READS = 100;
    private static final int WARM = 20;

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Governance governance;
    @Autowired
    private AccessRequests requests;
    @Autowired
    private Answer answer;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void aLongLife() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Long");
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select :family, 'Contact was stopped', 'shown', 'shown', 'contact-emergency-stop', 1, f.deployment_id_, array[:mia], jsonb_build_object('child', cast(:mia as text), 'parent', cast(:mother as text),
                       'stoppedOn', '2020-01-01', 'stoppedAt', '16:30', 'what', repeat('What was seen and heard that day. ', 20), 'childSaid', repeat('What she said. ', 10)),
                       'maria.santos', 'Maria Santos', 'childrens-social-worker', 'Northmoor', now() - interval '15 years' + n * interval '200 hours'
                  from generate_series(1, 600) n, (select deployment_id_ from act_re_camformdef where key_ = 'contact-emergency-stop' order by version_ desc limit 1) f
                """).param("family", family.ref()).param("mia", family.mia()).param("mother", family.mother()).update();
        Actor officer = actors.find("edith.quill").orElseThrow();
        governance.takeOn(officer, family.ref(), "A request arrived");
        Filling filling = fillings.start(officer, "subject-access", family.ref());
        long began = System.nanoTime();
        fillings.file(filling, fillings.check(filling, fillings.context(filling), Map.of("person", String.valueOf(family.mia()), "askedBy", "self", "receivedOn", families.today().toString(), "identityShown", "yes",
                "identityHow", "document", "scope", "all")), officer, null);
        double opened = (System.nanoTime() - began) / 1e6;
        AccessRequest request = requests.list(officer).get(0);
        Table.row("A request for what is held is opened: " + request.items() + " items", ms(opened), "under 10,000 ms", opened < 10_000);
        double[] took = new double[READS];
        for (int i = -WARM; i < READS; i++) {
            long start = System.nanoTime();
            web.perform(get("/families/" + family.ref() + "/access-requests/" + request.id()).param("which", "all").param("after", String.valueOf(Math.max(0, i) * 25)).with(user("edith.quill"))).andReturn();
            if (i >= 0) {
                took[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        double p95 = quantile(took, 0.95);
        Table.row("A page of 25 of its items, p95", ms(p95), "under 120 ms", p95 < 120);
        jdbc.sql("update access_item set decision = 'release', reason = null where request_id = ?").param(request.id()).update();
        jdbc.sql("update access_request set state = 'checked' where id = ?").param(request.id()).update();
        began = System.nanoTime();
        int bytes = answer.make(officer, family.ref(), request.id()).orElseThrow().length;
        double drawn = (System.nanoTime() - began) / 1e6;
        Table.row("Its answer drawn, with every item (" + bytes / 1024 + " KiB)", ms(drawn), "under 30,000 ms", drawn < 30_000);
    }
}
