package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.Pathway;

/** Raw SQL as the application's role: PostgreSQL shows what the policy says, and nothing where nobody asks. */
@ThinkFamilyTest
@Requirement("S-221")
class RowLevelSecurityTest {

    /** Names of columns that say whose a row is. */
    private static final List<String> OF_A_FAMILY = List.of("family_ref", "person_id", "child_id", "parent_id", "adult_id", "entry_id");
    /** Tables that hold nothing of families though a column has such a name: none. */
    private static final Set<String> NOTHING_OF_FAMILIES = Set.of();

    private static final String MY_TEAM = " in (select a.username from app_user a where a.username = :user or a.team_id = (select team_id from app_user where username = :user))";
    /** What of a family is in sight of somebody who does not read what others have filed; all of the other tables is. */
    private static final Map<String, String> IN_PART = Map.ofEntries(Map.entry("entry", "author" + MY_TEAM), Map.entry("sharing", "asked_user" + MY_TEAM), Map.entry("challenge", "raised_by" + MY_TEAM),
            Map.entry("referral", "referrer" + MY_TEAM), Map.entry("attachment", "exists (select 1 from entry e where e.id = attachment.entry_id and e.author" + MY_TEAM + ")"),
            Map.entry("decision_taken", "false"), Map.entry("consent", "false"), Map.entry("assessment", "false"), Map.entry("parent_condition", "false"), Map.entry("contact_plan", "false"),
            Map.entry("history_import", "false"), Map.entry("history_event", "false"), Map.entry("chronology_mark", "false"));

    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private DataSource pool;
    @Autowired
    private Actors actors;
    @Autowired
    private Policy policy;
    @Autowired
    private Families families;
    @Autowired
    private Pathway pathway;
    @Value("${spring.datasource.url}")
    private String url;
    @Value("${spring.datasource.username}")
    private String username;
    @Value("${spring.datasource.password}")
    private String password;

    private SingleConnectionDataSource connection;
    private JdbcClient raw;

    @BeforeEach
    void connect() throws SQLException {
        connection = new SingleConnectionDataSource(DriverManager.getConnection(url, username, password), true);
        raw = JdbcClient.create(connection);
    }

    /** Whoever stood in for somebody here must not do so in another test. */
    @AfterEach
    void disconnect() throws SQLException {
        connection.destroy();
        try (Connection owner = TestDatabase.owner(pool); Statement statement = owner.createStatement()) {
            statement.execute("delete from deputy");
            statement.execute("delete from break_glass");
        }
    }

    private void asks(String who) {
        raw.sql("select set_config('thinkfamily.acting', ?, false)").param(who).query(String.class).single();
    }

    private List<String> protectedTables() {
        return jdbc.sql("select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by relname").query(String.class).list();
    }

    @Test
    void everyTableThatHoldsSomethingOfAFamilyIsProtected() {
        Set<String> wanted = new TreeSet<>(jdbc.sql("""
                with recursive about (id) as (
                  select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname in ('family', 'person', 'draft')
                  union
                  select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
                   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (a.attname = any(:names) or a.attname in ('families', 'people', 'about'))
                  union
                  select k.conrelid from about b join pg_constraint k on k.confrelid = b.id and k.contype = 'f')
                select relname from about join pg_class on pg_class.oid = about.id where relname not like 'act\\_%' and relname not like 'flyway%'
                   and (not relispartition or has_table_privilege(:application, pg_class.oid, 'select, insert, update, delete'))
                """).param("names", OF_A_FAMILY.toArray(String[]::new)).param("application", username).query(String.class).list());
        wanted.removeAll(NOTHING_OF_FAMILIES);
        assertThat(wanted).contains("family", "person", "entry", "review_decision", "contact_arrangement", "clock_change", "break_glass").hasSizeGreaterThan(30);
        assertThat(protectedTables()).as("a new table of a family is named in R__row_level_security.sql").containsAll(wanted);
        assertThat(jdbc.sql("""
                select relname from pg_class c where relrowsecurity and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polcmd in ('*', 'r'))
                """).query(String.class).list()).isEmpty();
    }

    @Test
    void theApplicationsRoleCannotPassIt() throws SQLException {
        assertThat(raw.sql("select rolsuper or rolbypassrls from pg_roles where rolname = current_user").query(Boolean.class).single()).isFalse();
        assertThat(raw.sql("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user").query(Long.class).single()).isZero();
        try (Connection own = DriverManager.getConnection(url, username, password); Statement statement = own.createStatement()) {
            for (String sql : List.of("alter table entry disable row level security", "drop policy need_to_know on entry", "set role thinkfamily_owner",
                    "create or replace view sight as select ref as family_ref from family",
                    "create or replace function acts_as_system() returns boolean language sql as 'select true'")) {
                assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void whereNobodyAsksNothingIsSeenAndNothingWritten() {
        String family = family();
        for (String nobody : List.of("", "user:", "user:nobody.here", "asha.patel", "System:x", "user:*")) {
            asks(nobody);
            for (String table : protectedTables()) {
                if (!raw.sql("select has_table_privilege(?, 'select')").param(table).query(Boolean.class).single()) {
                    continue; // reached through functions of the owner alone
                }
                assertThat(raw.sql("select count(*) from " + table).query(Long.class).single()).as(table + " for '" + nobody + "'").isZero();
            }
            assertThatThrownBy(() -> raw.sql("insert into family (created_at, created_by) values (now(), 'x')").update()).hasStackTraceContaining("row-level security");
            assertThat(raw.sql("update work_item set name = 'x'").update()).isZero();
            assertThat(raw.sql("delete from involvement").update()).isZero();
        }
        assertThat(families.people(family)).isNotEmpty();
    }

    @Test
    void theThreadThatAsksForNobodySeesNothingThroughThePool() throws Exception {
        String family = family();
        List<Long> seen = new ArrayList<>();
        Thread request = new Thread(() -> {
            seen.add(jdbc.sql("select count(*) from family").query(Long.class).single());
            try (Acting.Turn turn = Acting.as(TestFamily.PRACTITIONER)) {
                seen.add(jdbc.sql("select count(*) from family where ref = ?").param(family).query(Long.class).single());
            }
            seen.add(jdbc.sql("select count(*) from family").query(Long.class).single());
        });
        request.start();
        request.join();
        assertThat(seen).containsExactly(0L, 1L, 0L);
    }

    @Test
    void aTransactionRolledBackLeavesNobodyElsesSight() throws Exception {
        String family = family();
        try (Connection one = pool.getConnection()) {
            one.setAutoCommit(false);
            assertThat(count(one, family)).isEqualTo(1);
            try (Acting.Turn turn = Acting.as("dee.marsh")) {
                assertThat(count(one, family)).isZero();
                one.rollback();
                assertThat(count(one, family)).isZero();
                one.rollback();
            }
            assertThat(count(one, family)).isEqualTo(1);
            one.rollback();
            one.setAutoCommit(true);
        }
    }

    private static long count(Connection connection, String family) throws SQLException {
        try (var query = connection.prepareStatement("select count(*) from family where ref = ?")) {
            query.setString(1, family);
            try (var answer = query.executeQuery()) {
                answer.next();
                return answer.getLong(1);
            }
        }
    }

    @Test
    void everybodySeesWhatThePolicySaysAndNothingElse() {
        Random random = new Random(7);
        List<String> users = jdbc.sql("select username from app_user where enabled order by username").query(String.class).list();
        for (int i = 0; i < 40; i++) {
            involve(family(), random);
        }
        standIns(users, random);
        List<String> all = jdbc.sql("select ref from family").query(String.class).list();
        List<String> withFamily = jdbc.sql("""
                select table_name from information_schema.columns where table_schema = 'public' and column_name = 'family_ref' and table_name = any(?) and table_name not in ('audit_event', 'work_item')
                """).param(protectedTables().toArray(String[]::new)).query(String.class).list();
        int sighted = 0;
        for (String user : users) {
            Actor actor = actors.find(user).orElseThrow();
            Set<String> may = all.stream().filter(family -> policy.maySee(actor, family)).collect(Collectors.toCollection(TreeSet::new));
            asks("user:" + user);
            assertThat(new TreeSet<>(raw.sql("select ref from family").query(String.class).list())).as(user).isEqualTo(may);
            String[] seen = may.toArray(String[]::new);
            for (String table : withFamily) {
                assertThat(raw.sql("select count(*) from " + table + " where family_ref <> all(?)").param(seen).query(Long.class).single()).as(table + " for " + user).isZero();
                String part = IN_PART.getOrDefault(table, "true");
                assertThat(raw.sql("select count(*) from " + table).query(Long.class).single()).as(table + " for " + user)
                        .isEqualTo(jdbc.sql("select count(*) from " + table + " where family_ref = any(:seen) and (family_ref = any(:whole) or " + part + ")")
                                .param("seen", seen).param("whole", whole(actor, seen)).param("user", user).query(Long.class).single());
            }
            assertThat(raw.sql("select count(*) from person").query(Long.class).single()).as("people for " + user)
                    .isEqualTo(jdbc.sql("select count(*) from person p where exists (select 1 from family_member m where m.person_id = p.id and m.family_ref = any(?))").param(seen).query(Long.class).single());
            sighted += may.isEmpty() ? 0 : 1;
        }
        assertThat(sighted).isGreaterThan(8);
    }

    /** The families of which this person reads what others have filed. */
    private String[] whole(Actor actor, String[] seen) {
        boolean everywhere = jdbc.sql("select not exists (select 1 from user_role r join app_role a on a.code = r.role where r.username = any(:actorFor) and a.sees_others <> 'all')")
                .params(Policy.of(actor)).query(Boolean.class).single();
        return everywhere ? seen : jdbc.sql("""
                select i.family_ref from involvement i join app_role a on a.code = i.role
                 where i.ended_on is null and (a.sees_others = 'all' or a.sees_others = 'named' and i.username is not null)
                   and (i.username = any(:actorFor) or i.username is null and i.team_id = :actorTeam and i.role = any(:actorRoles) or i.team_id = any(:actorManages))
                union select unnest(:actorOpened)
                """).params(Policy.of(actor)).query(String.class).list().toArray(String[]::new);
    }

    @Test
    @Requirement("S-192")
    void whoSeesAPartReadsWhatTheyAndTheirTeamFiledAndAllOfItOnlyAsTheTableSays() {
        String family = family();
        String gp = jdbc.sql("select username from user_role where role = 'gp' order by username limit 1").query(String.class).single();
        String visitor = jdbc.sql("select username from user_role where role = 'health-visitor' order by username limit 1").query(String.class).single();
        for (String author : List.of(gp, TestFamily.PRACTITIONER)) {
            jdbc.sql("""
                    insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                    select ?, ?, 'shown', 'shown', key_, 1, deployment_id_, '{}', '{}', ?, 'A', 'gp', 'B', now() from act_re_camformdef where key_ = 'adult-accepted' limit 1
                    """).params(family, "By " + author, author).update();
        }
        involved(family, "gp", gp, true);
        assertThat(entries(gp, family)).as("a GP, named").containsExactly("By " + gp);
        involved(family, "health-visitor", visitor, false);
        assertThat(entries(visitor, family)).as("a health visitor, while it waits with the team").isEmpty();
        involved(family, "health-visitor", visitor, true);
        assertThat(entries(visitor, family)).as("a health visitor, named").contains("By " + gp, "By " + TestFamily.PRACTITIONER);
        jdbc.sql("insert into break_glass (family_ref, username, role, reason, opened_at, until_at) values (?, ?, 'gp', 'A child is at the door', now(), now() + interval '1 hour')").params(family, gp).update();
        assertThat(entries(gp, family)).as("in an emergency").contains("By " + TestFamily.PRACTITIONER);
    }

    private void involved(String family, String role, String user, boolean named) {
        jdbc.sql("delete from involvement where family_ref = ? and role = ?").params(family, role).update();
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) select :family, :role, team_id, case when :named then username end, current_date from app_user where username = :user")
                .param("family", family).param("role", role).param("user", user).param("named", named).update();
    }

    private List<String> entries(String user, String family) {
        asks("user:" + user);
        return raw.sql("select title from entry where family_ref = ?").param(family).query(String.class).list();
    }

    private void involve(String family, Random random) {
        jdbc.sql("delete from involvement where family_ref = ?").param(family).update();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            jdbc.sql("""
                    insert into involvement (family_ref, role, team_id, username, began_on, ended_on)
                    select :family, r.role, u.team_id, case when :named then u.username end, current_date - 30, case when :over then current_date end
                      from app_user u join user_role r using (username) where u.team_id is not null order by md5(u.username || r.role || :salt) limit 1
                    on conflict do nothing
                    """).param("family", family).param("named", random.nextBoolean()).param("over", random.nextInt(4) == 0).param("salt", random.nextInt()).update();
        }
    }

    /** Deputies and emergencies of now, and of before and after. */
    private void standIns(List<String> users, Random random) {
        for (int i = 0; i < 12; i++) {
            String one = users.get(random.nextInt(users.size()));
            String other = users.get(random.nextInt(users.size()));
            int from = random.nextInt(5) - 3;
            if (!one.equals(other)) {
                jdbc.sql("insert into deputy (username, deputy, from_on, until_on, named_by, named_at, ended_at) values (?, ?, current_date + ?, current_date + ?, ?, now(), case when ? then now() end)")
                        .params(one, other, from, from + random.nextInt(3), one, random.nextInt(4) == 0).update();
            }
            jdbc.sql("""
                    insert into break_glass (family_ref, username, role, reason, opened_at, until_at)
                    select ref, ?, 'gp', 'A child is at the door', now() - interval '4 hours', now() + ? * interval '1 hour' from family order by random() limit 1
                    """).params(one, random.nextBoolean() ? 1 : -1).update();
        }
    }

    private String family() {
        TestFamily family = TestFamily.open(families, jdbc, "Row" + UUID.randomUUID());
        pathway.send("referral-made", family.ref(), java.util.Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        return family.ref();
    }
}
