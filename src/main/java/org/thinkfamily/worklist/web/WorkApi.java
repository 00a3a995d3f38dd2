package org.thinkfamily.worklist.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.record.Entry;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.Paging;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;
import tools.jackson.databind.node.ObjectNode;

/** The tasks people see, for programs: the same lists, forms and rules as the pages. */
@RestController
@RequestMapping("/api/v1/work")
class WorkApi {

    private final WorkItems items;
    private final Fillings fillings;
    private final BeforeAnswering beforeAnswering;
    private final Families families;
    private final Policy policy;
    private final Audit audit;

    WorkApi(WorkItems items, Fillings fillings, BeforeAnswering beforeAnswering, Families families, Policy policy, Audit audit) {
        this.items = items;
        this.fillings = fillings;
        this.beforeAnswering = beforeAnswering;
        this.families = families;
        this.policy = policy;
        this.audit = audit;
    }

    /** A task. {@code redFlag}: a red flag of the family is open, somebody has to act the same day. {@code doneAt} and what follows is there once it is done or no longer needed. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Work(String id, String name, String family, List<Long> about, String role, String assignee, String team, Instant createdAt, LocalDate dueDate, String clock,
            boolean overdue, boolean redFlag, String process, String step, String form, @JsonInclude(JsonInclude.Include.NON_NULL) Instant doneAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String doneBy, @JsonInclude(JsonInclude.Include.NON_NULL) Long entry) { }

    /** Answers to a form: by the key of each question. */
    record Given(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Map<String, Object> answers) { }

    /** A form to answer: {@code values} is what is known already, with the own draft over it. */
    record ToAnswer(@Schema(type = "object", description = "Camunda Form JSON, choices written out") ObjectNode form, Map<String, Object> values, boolean draft, Previous previous) { }

    /** What was answered in this step last time. */
    record Previous(Map<String, Object> values, long entry) { }

    record Done(Long entry, String family) { }

    enum Scope { mine, team, family }

    @GetMapping
    @Transactional
    Paging.Page<Work> work(Actor actor, @RequestParam(defaultValue = "mine") Scope scope, @RequestParam(required = false) String family, @ParameterObject Paging paging) {
        if (paging.after() != null && !WorkItems.isKey(paging.after())) {
            throw paging.wrongKey();
        }
        if (scope == Scope.family && family == null) {
            throw ApiProblem.invalid("/family", "api.error.missing", "family");
        }
        if (scope != Scope.family && family != null) {
            throw ApiProblem.invalid("/family", "api.error.scope");
        }
        return switch (scope) {
            case mine -> paging.page(items.mine(actor, paging.after(), paging.limit()), WorkItem::key, this::work, () -> items.countMine(actor));
            case team -> paging.page(items.team(actor, paging.after(), paging.limit()), WorkItem::key, this::work, () -> items.countTeam(actor));
            case family -> {
                audit.read(actor, "work.family", family, null);
                yield paging.page(items.ofFamily(family, paging.after(), paging.fetch()), WorkItem::key, this::work, () -> items.countOfFamily(family));
            }
        };
    }

    @GetMapping("/{id}")
    @Transactional
    Work workItem(Actor actor, @PathVariable String id) {
        WorkItem item = item(actor, id);
        audit.record(actor, "task.read", item.family(), id);
        return work(item);
    }

    @GetMapping("/{id}/form")
    @Transactional
    ToAnswer workForm(Actor actor, @PathVariable String id) {
        WorkItem item = item(actor, id);
        if (!item.open()) {
            throw Problems.taken(item);
        }
        Filling filling = fillings.of(item);
        fillings.read(actor, filling);
        FormContext context = fillings.context(filling);
        Optional<Entry> previous = beforeAnswering.previous(filling);
        return new ToAnswer(filling.form().toJson(context), fillings.answers(filling, context, actor), fillings.draftSavedAt(filling, actor).isPresent(),
                previous.map(entry -> new Previous(Answers.readable(filling.form(), entry.answers(),
                        restriction -> actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)), entry.id())).orElse(null));
    }

    @PostMapping("/{id}/claim")
    @Transactional
    Work claim(Actor actor, @PathVariable String id) {
        requireOpen(item(actor, id));
        try {
            fillings.claim(actor, id);
        } catch (Fillings.Taken taken) {
            throw Problems.taken(taken.item());
        }
        return work(item(actor, id));
    }

    @PostMapping("/{id}/release")
    @Transactional
    Work release(Actor actor, @PathVariable String id) {
        WorkItem item = item(actor, id);
        requireOpen(item);
        try {
            fillings.release(actor, id);
        } catch (Fillings.Taken taken) {
            throw Problems.taken(taken.item());
        }
        return items.one(actor, id).map(this::work).orElseGet(() -> work(item));
    }

    @PutMapping("/{id}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void draft(Actor actor, @PathVariable String id, @RequestBody Given given) {
        WorkItem item = item(actor, id);
        requireMayDo(actor, item);
        fillings.saveDraft(fillings.of(item), actor, Problems.answers(given.answers()));
    }

    @PostMapping("/{id}/complete")
    @Transactional
    Done complete(Actor actor, @PathVariable String id, @RequestBody Given given) {
        WorkItem item = item(actor, id);
        if (!item.open() && actor.username().equals(item.doneBy())) {
            return new Done(item.entry(), item.family());
        }
        requireMayDo(actor, item);
        Filling filling = fillings.of(item);
        CheckedForm checked = Problems.accepted(fillings.check(filling, fillings.context(filling), Problems.answers(given.answers())));
        Fillings.Filed filed = Problems.filing(() -> fillings.file(filling, checked, actor, null));
        return new Done(filed.entry(), filed.family());
    }

    private WorkItem item(Actor actor, String id) {
        return items.one(actor, id).orElseThrow(NotFound::new);
    }

    private static void requireOpen(WorkItem item) {
        if (!item.open()) {
            throw Problems.taken(item);
        }
    }

    private static void requireMayDo(Actor actor, WorkItem item) {
        requireOpen(item);
        if (!Fillings.mayDo(actor, item)) {
            throw item.assignee() == null ? new NotAllowed() : Problems.taken(item);
        }
    }

    private Work work(WorkItem item) {
        return new Work(item.id(), item.name(), item.family(), item.about(), item.role(), item.assignee(), item.teamName(), item.createdAt(), item.dueOn(), item.clock(),
                item.open() && item.dueOn() != null && item.dueOn().isBefore(families.today()), item.redFlag(), item.processKey(), item.step(), item.form(),
                item.doneAt(), item.doneBy(), item.entry());
    }
}
