package org.thinkfamily.worklist.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Deputies;
import org.thinkfamily.web.ApiProblem;

/** Who stands in for whom, for programs. */
@RestController
@RequestMapping("/api/v1/deputies")
class DeputiesApi {

    private final Deputies deputies;

    DeputiesApi(Deputies deputies) {
        this.deputies = deputies;
    }

    /** {@code worker}: for whom {@code deputy} stands in. */
    record StandIn(long id, String worker, String deputy, LocalDate from, LocalDate until) { }

    record StandIns(List<StandIn> items) { }

    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String deputy, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) LocalDate from,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) LocalDate until) { }

    @GetMapping
    StandIns deputies(Actor actor) {
        return new StandIns(deputies.of(actor).stream().map(each -> new StandIn(each.id(), each.worker(), each.username(), each.fromOn(), each.untilOn())).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    StandIn nameDeputy(Actor actor, @RequestBody Wanted wanted) {
        deputies.check(actor, wanted.deputy(), wanted.from(), wanted.until()).stream().findFirst().ifPresent(wrong -> {
            throw ApiProblem.invalid("/" + wrong.field(), wrong.message());
        });
        return new StandIn(deputies.name(actor, wanted.deputy(), wanted.from(), wanted.until()), actor.username(), wanted.deputy(), wanted.from(), wanted.until());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endDeputy(Actor actor, @PathVariable long id) {
        deputies.end(actor, id);
    }
}
