package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReadFirst;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** Walks families through processes the way people do: by filling in forms. There is one user for each role, called after it. */
class Walk {

    static final String AMH = "adult-mental-health-practitioner";
    static final String DA = "drug-alcohol-practitioner";
    static final String GP = "practice-a";

    private final Fillings fillings;
    private final BeforeAnswering beforeAnswering;
    private final WorkItems items;
    private final Actors actors;
    private final Families families;
    private final ProcessEngine engine;
    private final Pathway pathway;
    private final JdbcClient jdbc;
    private final Corrections corrections;
    private final Entries entries;

    Walk(Fillings fillings, BeforeAnswering beforeAnswering, WorkItems items, Actors actors, Families families, ProcessEngine engine, Pathway pathway, JdbcClient jdbc,
            Corrections corrections, Entries entries) {
        this.fillings = fillings;
        this.beforeAnswering = beforeAnswering;
        this.items = items;
        this.actors = actors;
        this.families = families;
        this.engine = engine;
        this.pathway = pathway;
        this.jdbc = jdbc;
        this.corrections = corrections;
        this.entries = entries;
    }

    /** A synthetic authority: a team for each kind of service, a user for each role. */
    void settle() {
        Map<String, String> teams = new HashMap<>();
        List<String> kinds = List.of("children", "mental-health", "drug-alcohol", "gp", "education", "health", "young-carers");
        for (String kind : kinds) {
            jdbc.sql("insert into service (id, name, kind) values (:id, :id, :id) on conflict do nothing").param("id", kind).update();
            String team = kind.equals("gp") ? GP : kind + "-team";
            jdbc.sql("insert into team (id, service_id, name, email) values (:team, :kind, :team, :team || '@example.org') on conflict do nothing").param("team", team).param("kind", kind).update();
            teams.put(kind, team);
        }
        for (String role : jdbc.sql("select code from app_role").query(String.class).list()) {
            String kind = switch (role) {
                case AMH, "adult-team-manager", "consultant-psychiatrist", "ward-nurse", "amhp" -> "mental-health";
                case DA -> "drug-alcohol";
                case "gp" -> "gp";
                case "school-lead" -> "education";
                case "health-visitor" -> "health";
                case "young-carers-worker" -> "young-carers";
                default -> "children";
            };
            jdbc.sql("insert into app_user (username, name, email, team_id) values (:role, :role, :role || '@example.org', :team) on conflict do nothing")
                    .param("role", role).param("team", teams.get(kind)).update();
            jdbc.sql("insert into user_role (username, role) values (:role, :role) on conflict do nothing").param("role", role).update();
            jdbc.sql("update app_role set duty_team_id = :team where code = :role").param("team", teams.get(kind)).param("role", role).update();
        }
        jdbc.sql("insert into managed_team (username, team_id) values ('adult-team-manager', 'drug-alcohol-team') on conflict do nothing").update();
    }

    Actor user(String role) {
        return actors.find(role).orElseThrow();
    }

    /** Starts a process; the reference of the family. */
    String start(String role, String process, String family, Map<String, Object> answers) {
        return file(fillings.start(user(role), process, family), user(role), answers).family();
    }

    /** Does the family's one open task of that step, as a user in the role it asks for; or as its assignee. */
    void complete(String family, String step, Map<String, Object> answers) {
        WorkItem task = task(family, step);
        Actor actor = user(task.assignee() == null ? task.role() : task.assignee());
        file(fillings.of(task), actor, answers);
    }

    /** Sends the message that a form reports. */
    void report(String role, String family, String message, Map<String, Object> answers) {
        file(fillings.change(user(role), family, message), user(role), answers);
    }

    /** Corrects the newest entry made with a form, about that person when there is one; what came of it. */
    Corrections.Outcome correct(String role, String family, String form, Long person, Object... changes) {
        Entry entry = entries.newest(family, form, person).orElseThrow();
        Corrections.Outcome outcome = corrections.correct(user(role), family, entry.id(), with(entry.answers(), changes), "Written down wrongly");
        assertThat(outcome.checked().problems()).isEmpty();
        return outcome;
    }

    /** When the timer of that element fires. */
    LocalDate timer(String family, String element) {
        ManagementService management = engine.getManagementService();
        return jobs(family).stream().filter(job -> management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).singleResult().getActivityId().equals(element))
                .map(job -> WorkingDays.dayOf(job.getDuedate().toInstant())).findFirst().orElseThrow();
    }

    /** Sends a message as another system does. */
    void send(String family, String message, Map<String, Object> facts) {
        pathway.send(message, family, facts);
    }

    Fillings.Filed file(Filling filling, Actor actor, Map<String, Object> answers) {
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        assertThat(checked.problems()).as("problems of the form " + filling.form().id()).isEmpty();
        return fillings.file(filling, checked, actor, null);
    }

    WorkItem task(String family, String step) {
        List<WorkItem> found = items.ofFamily(family, null, 50).stream().filter(item -> item.step().equals(step)).toList();
        assertThat(found).as("open tasks of step " + step + " among " + steps(family)).hasSize(1);
        return found.get(0);
    }

    /** The forms whose entries stand above the questions of that step. */
    List<String> shown(String family, String step) {
        return beforeAnswering.shown(fillings.of(task(family, step))).stream().filter(read -> read.entry() != null).map(read -> read.entry().formKey()).distinct().toList();
    }

    /** The steps that were asked in this process and not answered, by their names, as they stand above the questions of that step. */
    List<String> notAnswered(String family, String step) {
        return beforeAnswering.shown(fillings.of(task(family, step))).stream().filter(read -> read.entry() == null).map(ReadFirst::name).toList();
    }

    /** The steps of the family's open tasks. */
    List<String> steps(String family) {
        return items.ofFamily(family, null, 50).stream().map(WorkItem::step).sorted().toList();
    }

    /** Fires the one timer or job of that element in the family's processes. */
    void fire(String family, String element) {
        ManagementService management = engine.getManagementService();
        List<Job> jobs = jobs(family).stream().filter(job -> management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).singleResult().getActivityId().equals(element)).toList();
        assertThat(jobs).as("jobs of " + element).hasSize(1);
        management.executeJob(jobs.get(0).getId());
    }

    /** Fires one of the jobs of that element; where several branches stand at the same join, which is no matter. */
    void fireOne(String family, String element) {
        ManagementService management = engine.getManagementService();
        Job one = jobs(family).stream().filter(job -> management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).singleResult().getActivityId().equals(element)).findFirst().orElseThrow();
        management.executeJob(one.getId());
    }

    /** The family's open tasks. */
    List<WorkItem> tasks(String family) {
        return items.ofFamily(family, null, 50);
    }

    /** The elements of the family's processes that a job waits for. */
    List<String> waiting(String family) {
        ManagementService management = engine.getManagementService();
        return jobs(family).stream().map(job -> management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).singleResult().getActivityId()).sorted().toList();
    }

    private List<Job> jobs(String family) {
        RuntimeService runtime = engine.getRuntimeService();
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(family).list().stream()
                .flatMap(instance -> engine.getManagementService().createJobQuery().processInstanceId(instance.getId()).list().stream()).toList();
    }

    /** The keys of the family's processes that still run. */
    List<String> running(String family) {
        return engine.getRuntimeService().createProcessInstanceQuery().processInstanceBusinessKey(family).list().stream()
                .map(instance -> engine.getRepositoryService().getProcessDefinition(instance.getProcessDefinitionId()).getKey()).sorted().toList();
    }

    /** A routing fact of the family's one process of that key. */
    Object fact(String family, String process, String name) {
        RuntimeService runtime = engine.getRuntimeService();
        return runtime.getVariable(runtime.createProcessInstanceQuery().processInstanceBusinessKey(family).processDefinitionKey(process).singleResult().getId(), name);
    }

    /** The elements at which the family's processes of that key ended. */
    List<String> ended(String family, String process) {
        HistoryService history = engine.getHistoryService();
        return history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(family).processDefinitionKey(process).list().stream()
                .flatMap(instance -> history.createHistoricActivityInstanceQuery().processInstanceId(instance.getId()).list().stream())
                .filter(activity -> activity.getActivityType().endsWith("EndEvent")).map(activity -> activity.getActivityId()).sorted().toList();
    }

    List<Person> children(String family) {
        return families.people(family).stream().filter(Person::child).toList();
    }

    Person adult(String family) {
        return families.people(family).stream().filter(person -> !person.child()).findFirst().orElseThrow();
    }

    /** The rows of an {@code about} list: the same answers for each child. */
    List<Map<String, Object>> eachChild(String family, Map<String, Object> answers) {
        return children(family).stream().map(child -> {
            Map<String, Object> row = new HashMap<>(answers);
            row.put("person", child.id());
            return row;
        }).collect(Collectors.toList());
    }

    /** The kinds of mail queued for a family, oldest first. */
    List<String> mail(String family) {
        return jdbc.sql("select kind || ' to ' || recipient from outgoing_mail where family_ref = :family order by id").param("family", family).query(String.class).list();
    }

    /** The words of the last mail of that kind. */
    String words(String family, String kind) {
        return jdbc.sql("select body from outgoing_mail where family_ref = :family and kind = :kind order by id desc limit 1").param("family", family).param("kind", kind).query(String.class).single();
    }

    /** The state of each clock of that name of a family, oldest first. */
    List<String> clocks(String family, String name) {
        return jdbc.sql("select case when met_at is not null then 'met' when stopped_at is not null then 'stopped' else 'running' end from clock where family_ref = :family and name = :name order by id")
                .param("family", family).param("name", name).query(String.class).list();
    }

    /** Some answers over others. */
    static Map<String, Object> with(Map<String, Object> answers, Object... changes) {
        Map<String, Object> changed = new HashMap<>(answers);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                changed.remove(changes[i].toString());
            } else {
                changed.put(changes[i].toString(), changes[i + 1]);
            }
        }
        return changed;
    }
}
