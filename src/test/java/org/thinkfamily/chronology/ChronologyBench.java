package org.thinkfamily.chronology;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;

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
import org.thinkfamily.bench.Table;
import org.thinkfamily.family.Families;

/** A long life in the record: 15 years, 3,000 entries, 25 people, read by a practitioner who is involved and may not read a child's own view. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.demo.families=0", "thinkfamily.data-dir=target/bench/chronology"})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
class ChronologyBench {

    private static final int READS = 120;
    private static final int WARM = 50;

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void aLongLife() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Long");
        for (String filling : new String[] {
            """
            with added as (insert into person (first_name, last_name, date_of_birth) select 'Person ' || n, 'Long', date '1980-01-01' + n * 300 from generate_series(1, 21) n returning id, date_of_birth)
            insert into family_member (family_ref, person_id, position) select :family, id, case when date_of_birth > date '1992-01-01' then 'child' else 'adult' end from added
            """,
            """
            insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
            select :family, 'Contact proposed', 'contact-planning', 'propose', 'contact-proposal', 1, f.deployment_id_, array[:mia], jsonb_build_object('contingency', repeat('What is to be done when it goes wrong. ', 40),
                   'wish', repeat('What she said herself. ', 40)), 'maria.santos', 'Maria Santos', 'childrens-social-worker', 'Northmoor Children''s Services', now() - interval '15 years' + n * interval '43 hours'
              from generate_series(1, 3000) n, (select deployment_id_ from act_re_camformdef where key_ = 'contact-proposal' order by version_ desc limit 1) f
            """,
            """
            insert into decision_taken (family_ref, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs)
            select :family, :mia, 'contact-by-condition', 'Contact by condition', 1, 'none', now() - interval '15 years' + n * interval '36 days', '{}', '[]', '[]' from generate_series(1, 150) n
            """,
            """
            insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at, met_at)
            select :family, 'p' || n, 'review', 'Review of care', 5, 'working-days', 'Agreed', 'local default', current_date - n * 36 - 9, current_date - n * 36, now() - n * interval '36 days',
                   now() - n * interval '36 days' + interval '1 day' from generate_series(1, 150) n
            """,
            """
            insert into involvement (family_ref, role, team_id, username, began_on, ended_on) select :family, 'childrens-social-worker', 'family-support-east', 'maria.santos', current_date - n * 90 - 90, current_date - n * 90
              from generate_series(1, 60) n
            """,
            "insert into history_import (family_ref, events, imported_by, imported_by_name, imported_at) values (:family, 200, 'asha.patel', 'Asha Patel', now())",
            """
            insert into history_event (family_ref, happened_on, precision, title, about, origin, source, confidence, import_id, added_by, added_by_name, added_at)
            select :family, current_date - 5500 - n, 'day', 'Event ' || n, array[:mia], 'other', 'Paper', 'likely', id, 'asha.patel', 'Asha Patel', now() from history_import, generate_series(1, 200) n where family_ref = :family
            """,
            """
            insert into chronology_mark (family_ref, item, significant, reason, marked_by, marked_by_name, marked_at)
            select :family, 'entry-' || id, true, 'It mattered.', 'asha.patel', 'Asha Patel', now() from entry where family_ref = :family and id % 10 = 0
            """,
            "analyze"}) {
            jdbc.sql(filling).param("family", family.ref()).param("mia", family.mia()).update();
        }
        row("Family page with 15 years, 3,000 entries and 25 people, p95 as a restricted practitioner", "/families/" + family.ref());
        row("First page of its chronology", "/families/" + family.ref() + "/chronology");
        row("The same, only what is significant about one child", "/families/" + family.ref() + "/chronology?significant=true&person=" + family.mia());
    }

    private void row(String what, String path) throws Exception {
        double[] measured = new double[READS];
        for (int i = -WARM; i < READS; i++) {
            long start = System.nanoTime();
            int status = web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getStatus();
            if (status != 200) {
                throw new IllegalStateException(path + " answered " + status);
            }
            if (i >= 0) {
                measured[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        double p95 = quantile(measured, 0.95);
        Table.row(what + " (median " + ms(quantile(measured, 0.5)) + ")", ms(p95), "under 120 ms", p95 < 120);
    }
}
