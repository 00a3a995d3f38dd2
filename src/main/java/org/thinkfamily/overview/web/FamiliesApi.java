package org.thinkfamily.overview.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.handover.Handovers;
import org.thinkfamily.overview.FamilyOverview;
import org.thinkfamily.overview.Overview;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.NotCorrectable;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.ApiProblem.Wrong;
import org.thinkfamily.web.Paging;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.ReleasedForms;

/** Families and what is recorded of them, for programs. Who may not see a family gets the answer that there is none. */
@RestController
@RequestMapping("/api/v1/families")
class FamiliesApi {

    private static final Pattern KEY = Pattern.compile("(\\d{1,12})\\.(\\d{1,9})\\.(F-\\d{1,12})");
    private static final int LONGEST_QUERY = 100;
    private static final int LONGEST_REASON = 2000;

    private final Overview overview;
    private final Families families;
    private final ReleasedForms forms;
    private final DecisionRules rules;
    private final Corrections corrections;
    private final Policy policy;
    private final Handovers handovers;
    private final Audit audit;

    FamiliesApi(Overview overview, Families families, ReleasedForms forms, DecisionRules rules, Corrections corrections, Policy policy, Handovers handovers, Audit audit) {
        this.handovers = handovers;
        this.audit = audit;
        this.overview = overview;
        this.families = families;
        this.forms = forms;
        this.rules = rules;
        this.corrections = corrections;
        this.policy = policy;
    }

    record Listed(String ref, String adults, String children, Instant createdAt, long openTasks, LocalDate nextDue) { }

    /** {@code processes}: those that run, with the steps where they stand. {@code risks}: what the newest look at the red flags found. */
    record Family(String ref, List<Member> people, List<Involved> involvement, List<Process> processes, List<Map<String, Object>> risks) { }

    record Member(long id, String position, String firstName, String lastName, LocalDate dateOfBirth, LocalDate expectedOn, String nhsNumber, String sex, String gpPractice,
            String school, String relationship, String home, String youngCarer, String address) { }

    record Involved(String role, String username, String name, String team, String service, LocalDate beganOn, LocalDate endedOn) { }

    record Process(String id, String process, String name, List<Step> steps) { }

    /** A step where a process stands. {@code stuck}: it failed and waits for help. */
    record Step(String step, String name, String type, boolean stuck) { }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Filed(long id, String form, int formVersion, String title, Set<Long> about, String author, String role, String service, Instant filedAt, Long supersedes,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long supersededBy, @JsonInclude(JsonInclude.Include.NON_NULL) String reason, Map<String, Object> answers) { }

    /** {@code notices}: what the steps already did with the old answers, in words; empty when nothing. */
    record Corrected(@JsonUnwrapped Filed entry, List<String> notices) { }

    record Correction(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Map<String, Object> answers, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String reason) { }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Running(long id, String clock, String title, Long about, LocalDate from, LocalDate due, Instant met, @Schema(allowableValues = {"running", "met", "late", "stopped"}) String state,
            String source, @JsonInclude(JsonInclude.Include.NON_NULL) String lateReason, @JsonInclude(JsonInclude.Include.NON_NULL) LocalDate movedFrom,
            @JsonInclude(JsonInclude.Include.NON_NULL) String movedWhy) { }

    /** {@code rule}: ids of the rules that fired; {@code why}: the sentence beside each. {@code outputs}: one object for each rule that fired. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Taken(long id, String decision, String name, int version, Instant decidedAt, Long about, Map<String, Object> inputs, List<String> rule, List<String> why,
            List<Map<String, Object>> outputs) { }

    record Search(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = LONGEST_QUERY) String query) { }

    @GetMapping
    @Transactional
    Paging.Page<Listed> families(Actor actor, @RequestParam(required = false) String query, @ParameterObject Paging paging) {
        return list(actor, query, paging);
    }

    /** The same search with its words in the body: they are a name, and addresses are written into the logs of whatever stands between. */
    @PostMapping("/search")
    @Transactional
    Paging.Page<Listed> search(Actor actor, @RequestBody Search search, @ParameterObject Paging paging) {
        if (search.query() == null || search.query().isBlank()) {
            throw ApiProblem.invalid("/query", "api.error.missing", "query");
        }
        return list(actor, search.query(), paging);
    }

    private Paging.Page<Listed> list(Actor actor, String query, Paging paging) {
        if (query != null && query.length() > LONGEST_QUERY) {
            throw ApiProblem.invalid("/query", "api.error.query", LONGEST_QUERY);
        }
        Instant afterAt = null;
        String afterRef = null;
        if (paging.after() != null) {
            Matcher key = KEY.matcher(paging.after());
            if (!key.matches()) {
                throw paging.wrongKey();
            }
            afterAt = Instant.ofEpochSecond(Long.parseLong(key.group(1)), Long.parseLong(key.group(2)));
            afterRef = key.group(3);
        }
        return paging.page(families.visibleTo(actor, query, afterAt, afterRef, paging.limit()),
                family -> family.createdAt().getEpochSecond() + "." + family.createdAt().getNano() + "." + family.ref(),
                family -> new Listed(family.ref(), family.adults(), family.children(), family.createdAt(), family.openTasks(), family.nextDue()),
                () -> families.countVisibleTo(actor, query));
    }

    @GetMapping("/{ref}")
    @Transactional
    Family family(Actor actor, @PathVariable String ref) {
        FamilyOverview family = overview.of(actor, ref);
        return new Family(ref, family.people().stream().map(FamiliesApi::member).toList(),
                family.involvement().stream().map(one -> new Involved(one.role(), one.username(), one.name(), one.teamName(), one.service(), one.beganOn(), one.endedOn())).toList(),
                family.running().stream().map(FamiliesApi::process).toList(), overview.risks(ref));
    }

    private static Member member(Person person) {
        return new Member(person.id(), person.position(), person.firstName(), person.lastName(), person.dateOfBirth(), person.expectedOn(), person.nhsNumber(), person.sex(),
                person.gpPracticeName(), person.schoolName(), person.relationship(), person.home(), person.youngCarer(), person.address());
    }

    private static Process process(Pathway.Running running) {
        return new Process(running.processId(), running.key(), running.name(),
                running.standing().stream().map(token -> new Step(token.element(), token.name(), token.type(), token.stuck())).toList());
    }

    @GetMapping("/{ref}/entries")
    Paging.Page<Filed> entries(Actor actor, @PathVariable String ref, @ParameterObject Paging paging) {
        return paging.page(overview.entries(actor, ref, paging.afterNumber(), paging.fetch()), entry -> String.valueOf(entry.id()), entry -> filed(actor, entry),
                () -> overview.countEntries(ref));
    }

    private Filed filed(Actor actor, Entry entry) {
        Map<String, Object> answers = Answers.readable(forms.get(entry.deploymentId(), entry.formKey()).form(), entry.answers(),
                restriction -> actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction));
        return new Filed(entry.id(), entry.formKey(), entry.formVersion(), entry.title(), entry.about(), entry.author(), entry.role(), entry.service(), entry.filedAt(),
                entry.supersedes(), entry.supersededBy(), entry.reason(), answers);
    }

    @PostMapping("/{ref}/entries/{id}/corrections")
    @Transactional
    ResponseEntity<Corrected> correct(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestBody Correction correction) {
        policy.requireFamily(actor, ref);
        if (correction.answers() == null) {
            throw ApiProblem.invalid("/answers", "api.error.missing", "answers");
        }
        if (correction.reason() == null || correction.reason().isBlank()) {
            throw ApiProblem.invalid("/reason", "api.error.reason");
        }
        if (correction.reason().length() > LONGEST_REASON) {
            throw ApiProblem.invalid("/reason", "api.error.long", LONGEST_REASON);
        }
        try {
            Corrections.Outcome outcome = corrections.correct(actor, ref, id, correction.answers(), correction.reason());
            if (outcome.entry() == null) {
                throw ApiProblem.invalid(outcome.checked().problems().stream().map(problem -> new Wrong("/answers" + problem.pointer(), problem.message())).toList());
            }
            return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/families/{ref}/entries").build(ref)).body(new Corrected(filed(actor, outcome.entry()), outcome.notices()));
        } catch (NotCorrectable built) {
            throw ApiProblem.invalid("/answers/" + built.question(), built.key());
        } catch (Corrections.Superseded superseded) {
            throw ApiProblem.conflict("superseded", superseded.by() == null ? Map.of() : Map.of("supersededBy", superseded.by()));
        }
    }

    /** {@code from}, {@code to}: names; null is the team's queue. {@code entry}: what the worker who left wrote, or null. */
    record ChangeOfWorker(long id, String role, String from, String to, Instant at, Long entry) { }

    record ChangesOfWorker(List<ChangeOfWorker> items) { }

    /** Who worked with the family in which role before, and who does since; the newest first. */
    @GetMapping("/{ref}/changes-of-worker")
    @Transactional
    ChangesOfWorker changesOfWorker(Actor actor, @PathVariable String ref) {
        audit.read(actor, "handover.read", ref, null);
        return new ChangesOfWorker(handovers.of(ref).stream().map(each -> new ChangeOfWorker(each.id(), each.role(), each.from(), each.to(), each.changedAt(), each.entry())).toList());
    }

    @GetMapping("/{ref}/clocks")
    Paging.Page<Running> clocks(Actor actor, @PathVariable String ref, @ParameterObject Paging paging) {
        return paging.pageOf(overview.clocks(actor, ref), clock -> String.valueOf(clock.id()), FamiliesApi::running);
    }

    private static Running running(Clock clock) {
        return new Running(clock.id(), clock.name(), clock.title(), clock.person(), clock.startedOn(), clock.dueOn(), clock.metAt(), clock.state().code(), clock.source(),
                clock.lateReason(), clock.movedFrom(), clock.movedWhy());
    }

    @GetMapping("/{ref}/decisions")
    Paging.Page<Taken> decisions(Actor actor, @PathVariable String ref, @ParameterObject Paging paging) {
        return paging.page(overview.decisions(actor, ref, paging.afterNumber(), paging.fetch()), kept -> String.valueOf(kept.id()), this::taken,
                () -> overview.countDecisions(ref));
    }

    private Taken taken(Decisions.Kept kept) {
        Decisions.Taken taken = kept.taken();
        return new Taken(kept.id(), taken.decision(), taken.name(), taken.version(), kept.decidedAt(), taken.person(), taken.inputs(), taken.rules(), rules.sentences(taken),
                taken.outputs());
    }
}
