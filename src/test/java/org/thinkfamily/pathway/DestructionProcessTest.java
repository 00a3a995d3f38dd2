package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.retention.Destructions;
import org.thinkfamily.retention.Governance;
import org.thinkfamily.retention.Holds;
import org.thinkfamily.retention.Retention;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@DisplayName("The destruction of records whose time is over")
class DestructionProcessTest {

    private static final String OFFICER = "information-governance-officer";
    private static final String OTHER = "second-officer";

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Families families;
    @Autowired
    private Retention retention;
    @Autowired
    private Destructions destructions;
    @Autowired
    private Governance governance;
    @Autowired
    private Holds holds;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private DataSource pool;

    private LookedAfterFamily family;
    /** As the owner of the database, whom nothing is hidden from. */
    private SingleConnectionDataSource connection;
    private JdbcClient owner;

    @BeforeEach
    void connect() throws SQLException {
        connection = new SingleConnectionDataSource(TestDatabase.owner(pool), true);
        owner = JdbcClient.create(connection);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private final String own = word();
    private final String shared = word();

    private static String word() {
        return "canary" + UUID.randomUUID().toString().replace("-", "");
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("destruction")).isEmpty();
    }

    /** Closed for 24 years: Rosa was in treatment, which is kept for 20 years after the last contact. */
    @BeforeEach
    void aFamilyThatWasClosedLongAgo() {
        family = new LookedAfterFamily(walk, families, jdbc);
        jdbc.sql("insert into app_user (username, name, team_id) values (?, ?, 'children-team') on conflict do nothing").params(OTHER, OTHER).update();
        jdbc.sql("insert into user_role (username, role) values (?, ?) on conflict do nothing").params(OTHER, OFFICER).update();
        jdbc.sql("update involvement set began_on = '2000-01-03', ended_on = '2002-03-01' where family_ref = ?").param(family.ref).update();
        jdbc.sql("update person set date_of_birth = date_of_birth - interval '30 years' where id in (?, ?)").params(family.mia, family.leo).update();
        governance.takeOn(walk.user(OFFICER), family.ref, "Records whose time is over");
    }

    private long entry(String word, Long... about) {
        return jdbc.sql("""
                insert into entry (family_ref, title, process_key, process_id, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select :family, 'Shown', 'shown', :process, 'shown', key_, 1, deployment_id_, :about, jsonb_build_object('words', cast(:word as text)), :by, 'A', :by, 'mental-health', '2002-02-01'
                  from act_re_camformdef where key_ = 'adult-accepted' limit 1 returning id
                """).param("family", family.ref).param("process", UUID.randomUUID().toString()).param("about", about).param("word", word).param("by", Walk.AMH).query(Long.class).single();
    }

    /** Something of the mother alone in every place where a record leaves words, and an entry about her and Mia. */
    private void record() {
        long entry = entry(own, family.mother);
        entry(shared, family.mother, family.mia);
        jdbc.sql("update person set last_name = last_name || ? where id = ?").params("x", family.mother).update();
        jdbc.sql("""
                with file as (insert into attachment (family_ref, entry_id, name, media_type, bytes, scan, added_by, added_by_name, added_at)
                              values (:family, :entry, :word || '.pdf', 'application/pdf', 3, 'none', :by, 'A', now()) returning id)
                insert into attachment_part (attachment_id, family_ref, position, content) select id, :family, 0, cast(:word as bytea) from file
                """).param("family", family.ref).param("entry", entry).param("word", own).param("by", Walk.AMH).update();
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at, supersedes, reason)
                select family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at, id, ? from entry where id = ?
                """).params(own, entry).update();
        jdbc.sql("insert into person_fact (person_id, family_ref, fact, value, status, said_by, said_on, said_at, source) values (?, ?, 'religion', ?, 'said', ?, '2002-01-01', now(), ?)")
                .params(family.mother, family.ref, own, Walk.AMH, own).update();
        jdbc.sql("insert into person_address (person_id, address, family_ref, said_by, source, from_on) values (?, ?, ?, ?, 'Screening', '2001-01-01')").params(family.mother, own, family.ref, Walk.AMH).update();
        jdbc.sql("insert into person_other_name (person_id, first_name, last_name, family_ref, said_by, said_on, source) values (?, ?, 'B', ?, ?, '2001-01-01', 'S')").params(family.mother, own, family.ref, Walk.AMH).update();
        jdbc.sql("""
                insert into history_import (family_ref, events, imported_by, imported_by_name, imported_at) values (:family, 1, :by, 'A', now());
                insert into history_event (family_ref, happened_on, precision, title, about, origin, source, confidence, import_id, added_by, added_by_name, added_at)
                select :family, '1999-01-01', 'day', :word, array[:mother], 'o', 's', 'likely', max(id), :by, 'A', now() from history_import where family_ref = :family
                """).param("family", family.ref).param("word", own).param("mother", family.mother).param("by", Walk.AMH).update();
        jdbc.sql("insert into chronology_mark (family_ref, item, significant, reason, marked_by, marked_by_name, marked_at) values (?, ?, true, ?, ?, 'A', now())")
                .params(family.ref, "entry-" + entry, own, Walk.AMH).update();
        jdbc.sql("""
                insert into decision_taken (family_ref, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs)
                values (?, ?, 'red-flags', 'Red flags', 1, 'x', now(), jsonb_build_object('a', cast(? as text)), '[]', '[]')
                """).params(family.ref, family.mother, own).update();
        jdbc.sql("insert into draft (subject, username, answers, saved_at) values ('start:referral:' || ?, ?, jsonb_build_object('a', cast(? as text)), now())").params(family.ref, Walk.AMH, own).update();
        jdbc.sql("update draft set subject = 'correction:' || ? where username = ? and subject like '%' || ?").params(entry, Walk.AMH, family.ref).update();
        jdbc.sql("insert into repeated_request (username, key, at, digest, status, body) values (?, ?, now(), '', 200, ?)").params(Walk.AMH, UUID.randomUUID().toString(), "{\"family\":\"" + family.ref + "\",\"a\":\"" + own + "\"}").update();
        long check = owner.sql("insert into known_check (asked_at, asked_by, reason, first_name, last_name, answer) values (now(), ?, 'worry', ?, 'B', 'known') returning id").params(Walk.AMH, own).query(Long.class).single();
        owner.sql("insert into known_match (check_id, person_id, score, teams, state) values (?, ?, 90, '{}', 'confirmed')").params(check, family.mother).update();
        owner.sql("insert into known_decision (match_id, state, reason, decided_by, decided_at) select id, 'confirmed', ?, ?, now() from known_match where check_id = ?").params(own, Walk.AMH, check).update();
        jdbc.sql("""
                with c as (insert into clock (family_ref, person_id, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at, met_at, late_reason, late_reason_by)
                           values (:family, :mother, 'x', 'a.b', :word, 1, 'days', 's', 'statute', '2001-01-01', '2001-01-02', now(), now(), :word, 'x') returning id),
                m as (insert into outgoing_mail (kind, recipient, family_ref, subject, body, queued_at, clock_id) select 'k', 'r', :family, 's', :word, now(), id from c returning id)
                insert into mail_refusal (mail_id, at, what) select id, now(), :word from m
                """).param("family", family.ref).param("mother", family.mother).param("word", own).update();
        jdbc.sql("""
                insert into sharing (family_ref, process_id, person_id, direction, asked_by, asked_at, asked_user, asked_entry, recipient, recipient_who, items) values (:family, :word, :mother, 'asked-of-me', :word, now(), :by, :entry, 'school', :word, '{}');
                insert into consent (person_id, family_ref, kind, state, scope, since_on, source, said_by, said_by_name, said_on, entry_id) values (:mother, :family, 'sharing', 'given', :word, '2001-01-01', 'own', :by, 'A', '2001-01-01', :entry);
                insert into kept (family_ref, entry_id, readers, kept_by) values (:family, :entry, '{}', :by);
                insert into change_of_worker (family_ref, role, from_user, changed_at, entry_id) values (:family, :by, :by, now(), :entry)
                """).param("family", family.ref).param("mother", family.mother).param("word", own).param("by", Walk.AMH).param("entry", entry).update();
        jdbc.sql("insert into act_hi_procinst (id_, proc_inst_id_, business_key_, proc_def_id_, proc_def_key_, start_time_) select process_id, process_id, ?, 'x', 'shown', now() from entry where id = ?").params(family.ref, entry).update();
        jdbc.sql("insert into act_hi_varinst (id_, proc_inst_id_, name_, text_, rev_) select ?, process_id, 'a', ?, 1 from entry where id = ?").params(UUID.randomUUID().toString(), own, entry).update();
    }

    /** The columns of the whole database in which a word stands. */
    private List<String> found(String word) {
        List<String> found = new ArrayList<>();
        record Column(String name, String field, String type) { }
        for (Column column : owner.sql("""
                select c.table_name as name, c.column_name as field, c.data_type as type from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                 where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea')
                """).query(Column.class).list()) {
            String text = column.type().equals("bytea") ? "encode(" + column.field() + ", 'escape')" : column.field() + "::text";
            if (owner.sql("select exists (select 1 from " + column.name() + " where strpos(" + text + ", ?) > 0)").param(word).query(Boolean.class).single()) {
                found.add(column.name() + "." + column.field());
            }
        }
        return found;
    }

    @Test
    void everyTableOfAFamilyIsThoughtOf() {
        String destroys = owner.sql("select pg_get_functiondef(oid) from pg_proc where proname = 'destroy_record'").query(String.class).single();
        List<String> tables = owner.sql("""
                select distinct c.conrelid::regclass::text from pg_constraint c where c.contype = 'f' and c.confrelid in ('family'::regclass, 'person'::regclass, 'entry'::regclass)
                """).query(String.class).list();
        assertThat(tables).hasSizeGreaterThan(30).allSatisfy(table -> assertThat(destroys).as(table).containsPattern("\\b" + table + "\\b"));
    }

    private void propose(long person) {
        walk.start(OFFICER, "destruction", family.ref, chosen(person));
        walk.file(fillings.of(walk.task(family.ref, "propose")), walk.user(OFFICER), Map.of("proposal", "propose", "destructionReason", "time-over", "researchAsked", true));
    }

    private static Map<String, Object> chosen(long person) {
        return Map.of("person", String.valueOf(person));
    }

    private void confirm(String officer, String what) {
        WorkItem task = walk.task(family.ref, "confirm");
        Map<String, Object> answers = new HashMap<>(Map.of("destruction", what));
        if (what.equals("keep")) {
            answers.put("keepReason", "still-needed");
        }
        walk.file(fillings.of(task), walk.user(officer), answers);
    }

    private String state(long person) {
        return jdbc.sql("select state || coalesce(' ' || kept_because, '') from destruction where family = ? and person = ? order by id desc limit 1").params(family.ref, person).query(String.class).single();
    }

    @Test
    void whatIsDestroyedIsNowhereAndWhatIsSharedStaysWithTheChild() {
        record();
        assertThat(found(own)).contains("entry.answers", "entry.reason", "attachment.name", "attachment_part.content", "person_fact.value", "outgoing_mail.body", "draft.answers", "decision_taken.inputs",
                "known_check.first_name", "history_event.title", "act_hi_varinst.text_", "repeated_request.body");
        assertThat(destructions.due(walk.user(OFFICER), null, 500).records()).filteredOn(due -> due.family().equals(family.ref)).extracting(Destructions.Due::person)
                .contains(family.mother);
        propose(family.mother);
        confirm(OTHER, "destroy");
        assertThat(found(own)).as("nothing is destroyed before the step that does it").isNotEmpty();
        walk.fire(family.ref, "destroy");

        assertThat(state(family.mother)).isEqualTo("done");
        assertThat(found(own)).isEmpty();
        assertThat(found(shared)).as("the child's copy").containsExactly("entry.answers");
        assertThat(walk.ended(family.ref, "destruction")).containsExactly("destroyed");
        Destructions.Certificate certificate = destructions.certificates(walk.user(OFFICER), null, 1).get(0);
        assertThat(certificate.counts()).containsEntry("entries", 5).containsEntry("files", 1).containsEntry("facts", 1).containsEntry("checks", 1);
        assertThat(certificate.proposedBy()).isNotEqualTo(certificate.confirmedBy());
        assertThat(retention.of(family.ref)).extracting(Retention.Standing::person).doesNotContain(family.mother).contains(family.mia);
    }

    @Test
    void withTheLastPersonTheWholeFamilyGoes() {
        record();
        entry(shared);
        for (long person : new long[] {family.mother, family.father, family.leo, family.mia}) {
            propose(person);
            confirm(OTHER, "destroy");
            walk.fire(family.ref, "destroy");
            assertThat(state(person)).isEqualTo("done");
        }
        assertThat(found(own)).isEmpty();
        assertThat(found(shared)).isEmpty();
        assertThat(families.people(family.ref)).isEmpty();
        assertThat(jdbc.sql("select count(*) from person where id in (?, ?, ?, ?)").params(family.mother, family.father, family.leo, family.mia).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select count(*) from audit_event where family_ref = ?").param(family.ref).query(Long.class).single()).as("who looked stays").isPositive();
    }

    @Test
    void aHoldSetAfterTheConfirmationStopsItAllTheSame() {
        record();
        propose(family.mother);
        confirm(OTHER, "destroy");
        holds.set(walk.user(OFFICER), family.ref, "A claim was made");
        walk.fire(family.ref, "destroy");
        assertThat(state(family.mother)).isEqualTo("kept hold");
        assertThat(found(own)).isNotEmpty();
        assertThat(walk.ended(family.ref, "destruction")).containsExactly("forbidden");
        holds.lift(walk.user(OTHER), family.ref, "The claim was settled");
        propose(family.mother);
        confirm(OTHER, "keep");
        assertThat(state(family.mother)).isEqualTo("kept still-needed");
        assertThat(walk.ended(family.ref, "destruction")).containsExactlyInAnyOrder("forbidden", "kept");
    }

    /** The database refuses by itself, whatever the application believes. */
    @Test
    void theDatabaseItselfAsksForTwoPeopleAndForTheHold() {
        record();
        String proposal = """
                insert into destruction (family, person, position, rule, rule_title, rule_source, rule_status, kept_until, reason, proposed_by, proposed_at, confirmed_by, confirmed_at, state)
                values (:family, :person, 'adult', 'r', 'r', 'r', 'r', :until, 'time-over', :one, now(), :two, now(), 'confirmed') returning id
                """;
        assertThatThrownBy(() -> jdbc.sql(proposal).param("family", family.ref).param("person", family.mother).param("until", families.today()).param("one", OFFICER).param("two", OFFICER).query(Long.class).single())
                .hasStackTraceContaining("destruction");
        holds.set(walk.user(OFFICER), family.ref, "A claim was made");
        long held = jdbc.sql(proposal).param("family", family.ref).param("person", family.mother).param("until", families.today()).param("one", OFFICER).param("two", OTHER).query(Long.class).single();
        assertThat(jdbc.sql("select destroy_record(?, now())").param(held).query(Boolean.class).single()).isFalse();
        holds.lift(walk.user(OFFICER), family.ref, "Settled");
        long early = jdbc.sql(proposal).param("family", family.ref).param("person", family.mother).param("until", families.today().plusDays(1)).param("one", OFFICER).param("two", OTHER).query(Long.class).single();
        assertThat(jdbc.sql("select destroy_record(?, now())").param(early).query(Boolean.class).single()).isFalse();
        assertThat(found(own)).isNotEmpty();
        assertThatThrownBy(() -> jdbc.sql("delete from entry where family_ref = ?").param(family.ref).update()).hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> jdbc.sql("update destruction set state = 'done', ended_at = now(), counts = '{}' where id = ?").param(early).update()).hasStackTraceContaining("permission denied");
    }

    @Test
    void aLookedAfterChildsRecordIsNeverDestroyedByAShorterRule() {
        long entry = entry(own, family.mia);
        jdbc.sql("insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id, ended_on, end_reason) values (?, ?, '2000-01-01', 'C2', 'U1', ?, '2001-01-01', 'E4A')")
                .params(family.ref, family.mia, entry).update();
        Retention.Standing standing = retention.of(family.ref, family.mia).orElseThrow();
        assertThat(standing.keptUntil()).isEqualTo("2063-03-02");
        assertThat(standing.wins().rule().status()).isEqualTo("statute");
        assertThat(standing.forbidden()).isEqualTo("looked-after");
        Filling proposal = fillings.start(walk.user(OFFICER), "destruction", family.ref);
        CheckedForm checked = fillings.check(proposal, fillings.context(proposal), chosen(family.mia));
        assertThat(checked.problems()).singleElement().satisfies(problem -> assertThat(problem.message()).contains("75th birthday"));

        jdbc.sql("insert into person_fact (person_id, family_ref, fact, value, status, said_by, said_on, said_at, source) values (?, ?, 'diedOn', '2004-05-01', 'seen', 'x', '2004-05-02', now(), 's')").params(family.mia, family.ref).update();
        assertThat(retention.of(family.ref, family.mia).orElseThrow().keptUntil()).as("15 years from death").isEqualTo("2019-05-01");
        assertThat(retention.of(family.ref, family.mia).orElseThrow().forbidden()).isNull();
    }

    @Test
    void whoProposedCannotConfirmAndWhatIsStillOpenIsNotDue() {
        walk.start(OFFICER, "destruction", family.ref, chosen(family.mother));
        walk.file(fillings.of(walk.task(family.ref, "propose")), walk.user(OFFICER), Map.of("proposal", "leave"));
        assertThat(walk.ended(family.ref, "destruction")).containsExactly("stays");
        propose(family.mother);
        assertThatThrownBy(() -> confirm(OFFICER, "destroy")).isInstanceOf(NotAllowed.class);
        confirm(OTHER, "keep");
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (?, 'childrens-social-worker', 'children-team', 'childrens-social-worker', current_date)").param(family.ref).update();
        Retention.Standing standing = retention.of(family.ref, family.mother).orElseThrow();
        assertThat(standing.forbidden()).isEqualTo("open");
        assertThat(standing.keptUntil()).isNull();
    }

    @Test
    void everyRuleOfTheTableIsHit() {
        DecisionFile table = new DecisionFile("retention.dmn");
        for (String kind : List.of("looked-after", "adopted", "child-protection", "child-in-need", "referral", "early-help", "child", "adult-treatment", "foster-carer", "adult", "audit")) {
            for (String died : List.of("no", "under-18", "later")) {
                assertThat(table.decide("retention", Map.of("kind", kind, "died", died)).getResultList()).as(kind + " " + died).hasSize(1);
            }
        }
        assertThat(table.decide("retention", Map.of("kind", "no-such-kind", "died", "no")).getResultList()).isEmpty();
        assertThat(table.neverHit()).isEqualTo(new TreeSet<>());
    }
}
