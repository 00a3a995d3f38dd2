package org.thinkfamily.worklist.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
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
import org.thinkfamily.access.NotFound;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.Paging;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import tools.jackson.databind.node.ObjectNode;

/** What can be started, and starting it. */
@RestController
@RequestMapping("/api/v1/pathways")
class PathwaysApi {

    private final Fillings fillings;
    private final Pathway pathway;

    PathwaysApi(Fillings fillings, Pathway pathway) {
        this.fillings = fillings;
        this.pathway = pathway;
    }

    /** A process that can be started. {@code needsFamily}: only for a family that exists. */
    record Startable(String key, String name, int version, String description, boolean needsFamily) { }

    record Blank(@Schema(type = "object", description = "Camunda Form JSON, choices written out") ObjectNode form, Map<String, Object> values) { }

    record Start(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Map<String, Object> answers, String family) { }

    record Started(String family, Long entry, String process) { }

    @GetMapping
    Paging.Page<Startable> pathways(Actor actor, @ParameterObject Paging paging) {
        return paging.pageOf(pathway.startable(actor.roles()), Pathway.Startable::key,
                start -> new Startable(start.key(), start.name(), start.version(), start.description(), start.needsFamily()));
    }

    @GetMapping("/{key}/form")
    @Transactional
    Blank pathwayForm(Actor actor, @PathVariable String key, @RequestParam(required = false) String family) {
        Filling filling = family == null ? fillings.startToRead(actor, key) : fillings.start(actor, key, family);
        if (family != null) {
            fillings.read(actor, filling);
        }
        FormContext context = fillings.context(filling);
        return new Blank(filling.form().toJson(context), Answers.initial(filling.form(), context));
    }

    @PostMapping("/{key}")
    @Transactional
    ResponseEntity<Started> start(Actor actor, @PathVariable String key, @RequestBody Start start) {
        Pathway.Startable wanted = pathway.startable(actor.roles()).stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow(NotFound::new);
        Map<String, Object> answers = Problems.answers(start.answers());
        if (wanted.needsFamily() && start.family() == null) {
            throw ApiProblem.invalid("/family", "api.error.missing", "family");
        }
        Filling filling = fillings.start(actor, key, start.family());
        CheckedForm checked = Problems.accepted(fillings.check(filling, fillings.context(filling), answers));
        Fillings.Filed filed = Problems.filing(() -> fillings.file(filling, checked, actor, null));
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/families/{ref}").build(filed.family()))
                .body(new Started(filed.family(), filed.entry(), filed.process()));
    }
}
