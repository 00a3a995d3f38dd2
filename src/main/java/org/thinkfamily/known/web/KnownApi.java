package org.thinkfamily.known.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.thinkfamily.access.Actor;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.known.Known;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.ApiProblem.Wrong;
import org.thinkfamily.web.Paging;

/** Checks whether somebody is known to services, for programs: the same question, the same little answer, the same log. */
@RestController
@RequestMapping("/api/v1/known-checks")
class KnownApi {

    private final Known known;
    private final CheckForm form;

    KnownApi(Known known, CheckForm form) {
        this.known = known;
        this.form = form;
    }

    /** {@code services}: empty unless the answer is {@code known}. {@code said}: what a service said about a possible match last. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(long id, Instant askedAt, String reason, @Schema(allowableValues = {"known", "not-known", "cannot-say"}) String answer,
            @Schema(allowableValues = {"strong", "fair"}, nullable = true) String band, Instant askedToConfirm, Known.Said said, List<Known.Contact> services) { }

    /** One of the caller's own checks, with what was typed. */
    record Logged(long id, Instant askedAt, String nhsNumber, String firstName, String lastName, LocalDate dateOfBirth, String postcode, String reason, String reasonWords,
            String answer, String band) { }

    @PostMapping
    @Transactional(noRollbackFor = ApiProblem.class)
    ResponseEntity<Answer> knownCheck(Actor actor, @RequestBody Map<String, Object> answers) {
        CheckedForm checked = form.check(answers);
        if (!checked.isAccepted()) {
            throw ApiProblem.invalid(checked.problems().stream().map(problem -> new Wrong(problem.pointer(), problem.message())).toList());
        }
        try {
            long id = known.ask(actor, form.question(checked));
            return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/known-checks/{id}").build(id)).body(answer(actor, id));
        } catch (Known.TooOften often) {
            throw ApiProblem.tooMany("too-many-checks");
        }
    }

    @GetMapping
    @Transactional
    Paging.Page<Logged> knownChecks(Actor actor, @ParameterObject Paging paging) {
        return paging.page(known.mine(actor, paging.afterNumber(), paging.fetch()), check -> String.valueOf(check.id()),
                check -> new Logged(check.id(), check.askedAt(), check.nhsNumber(), check.firstName(), check.lastName(), check.dateOfBirth(), check.postcode(), check.reason(),
                        check.reasonWords(), check.answer(), check.band()), () -> known.count(actor));
    }

    @GetMapping("/{check}")
    @Transactional
    Answer knownCheckAnswer(Actor actor, @PathVariable long check) {
        return answer(actor, check);
    }

    @PostMapping("/{check}/ask")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void knownCheckAsk(Actor actor, @PathVariable long check) {
        known.askServices(actor, check);
    }

    private Answer answer(Actor actor, long id) {
        Known.Check check = known.one(actor, id);
        return new Answer(id, check.askedAt(), check.reason(), check.answer(), check.band(), check.askedToConfirm(), known.said(actor, id).orElse(null), known.named(actor, id));
    }
}
