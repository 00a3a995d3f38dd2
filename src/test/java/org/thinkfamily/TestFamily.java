package org.thinkfamily;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Actor;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Form;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;

/** A family of the synthetic authority, with two parents and two children, known to adult mental health, a children's social worker and an IRO. */
public record TestFamily(String ref, long mother, long father, long mia, long leo) {

    public static final String PRACTITIONER = "asha.patel";
    public static final String SOCIAL_WORKER = "maria.santos";

    public static TestFamily open(Families families, JdbcClient jdbc, String lastName) {
        String ref = families.open(PRACTITIONER);
        TestFamily family = new TestFamily(ref, person(jdbc, ref, "Rosa", lastName, "1990-05-01", "adult", "mother", "mill-lane-surgery"),
                person(jdbc, ref, "Paul", lastName, "1988-02-11", "adult", "father", "harbour-practice"),
                person(jdbc, ref, "Mia", lastName, "2018-03-02", "child", null, "mill-lane-surgery"),
                person(jdbc, ref, "Leo", lastName, "2015-09-20", "child", null, "mill-lane-surgery"));
        involve(jdbc, ref, "adult-mental-health-practitioner", "adult-mental-health", PRACTITIONER);
        involve(jdbc, ref, "childrens-social-worker", "family-support-east", SOCIAL_WORKER);
        involve(jdbc, ref, "iro", "reviewing", "nina.farrow");
        return family;
    }

    private static long person(JdbcClient jdbc, String family, String name, String lastName, String born, String position, String relationship, String gp) {
        return jdbc.sql("""
                with added as (insert into person (first_name, last_name, date_of_birth, gp_practice_id) values (:name, :last, cast(:born as date), :gp) returning id)
                insert into family_member (family_ref, person_id, position, relationship) select :family, id, :position, :relationship from added returning person_id
                """).param("name", name).param("last", lastName).param("born", born).param("gp", gp).param("family", family).param("position", position)
                .param("relationship", relationship).query(Long.class).single();
    }

    /** Somebody who works with the family from today. */
    public static void involve(JdbcClient jdbc, String family, String role, String team, String username) {
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (?, ?, ?, ?, current_date)").params(List.of(family, role, team, username)).update();
    }

    /** A task with any form, held by the family's practitioner, to look at and to type in; no process waits for it. The address of its page. */
    public String showTask(JdbcClient jdbc, String form) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                insert into work_item (id, family_ref, name, process_key, process_name, process_id, definition_id, deployment_id, step_key, form_key, role, team_id, assignee,
                                       about, subjects, due_on, sort_at, created_at)
                select :id, :family, 'Look at ' || :form, 'referral', 'Referral', 'none', (select max(id_) from act_re_procdef where key_ = 'referral'), deployment_id_, 'decide', :form, 'adult-mental-health-practitioner',
                       'adult-mental-health', :holder, array[:mia], jsonb_build_object('child', :mia, 'person', :mother, 'adult', :mother), current_date + 3, now() + interval '3 days', now()
                  from act_re_camformdef where key_ = :form order by version_ desc limit 1
                """)
                .param("id", id).param("family", ref).param("form", form).param("holder", PRACTITIONER).param("mia", mia).param("mother", mother).update();
        return "/work/" + id;
    }

    /** What an entry needs to be filed, or corrected. */
    public record Filing(Entries entries, ReleasedForms forms, JdbcClient jdbc) {

        private Entries.Step step(TestFamily family, String form, String process, Actor who) {
            String deployment = jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = ? order by version_ desc limit 1").param(form).query(String.class).single();
            return new Entries.Step(family.ref(), "Step " + form, process, process.equals("shown") ? null : process + "-of-" + family.ref(), "shown", null, deployment, 1, who.actingAs(""), Map.of());
        }

        private Form form(Entries.Step step, String form) {
            return forms.get(step.deploymentId(), form).form();
        }
    }

    /** Files an entry with a form, as it is filed at a step of a process; {@code shown}: of none. */
    public Entry file(Filing filing, Actor who, String form, String process, Map<String, Object> answers) {
        Entries.Step step = filing.step(this, form, process, who);
        return filing.entries().file(step, filing.form(step, form), answers, who).entry();
    }

    /** Files a correction of an entry that was filed at a step of no process. */
    public Entry correct(Filing filing, Actor who, Entry wrong, String form, Map<String, Object> answers, String reason) {
        Entries.Step step = filing.step(this, form, "shown", who);
        return filing.entries().correct(wrong, step, filing.form(step, form), answers, who, reason).entry();
    }
}
