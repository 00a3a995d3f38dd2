package org.thinkfamily.overview.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Emergencies;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.web.ApiProblem;

/** Opening a family in an emergency, for programs. */
@RestController
@RequestMapping("/api/v1/families/{ref}/emergencies")
class EmergencyApi {

    private final Emergencies emergencies;
    private final Audit audit;

    EmergencyApi(Emergencies emergencies, Audit audit) {
        this.emergencies = emergencies;
        this.audit = audit;
    }

    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Emergencies.LONGEST_REASON, description = "Why, in plain words. It is shown on the family's page") String reason,
            @Schema(description = "How long; left out: the usual time", minimum = "1", maximum = "24") Integer hours) { }

    record Until(String family, Instant until) { }

    record Openings(List<Opening> items) { }

    record Opening(String name, String role, String team, String reason, Instant openedAt, Instant until) { }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Until openInAnEmergency(Actor actor, @PathVariable String ref, @RequestBody Wanted wanted) {
        if (!emergencies.offeredTo(actor)) {
            throw new NotAllowed();
        }
        int hours = wanted.hours() == null ? emergencies.usualHours() : wanted.hours();
        emergencies.check(wanted.reason(), hours).stream().findFirst().ifPresent(wrong -> {
            throw ApiProblem.invalid("/" + wrong.field(), wrong.message(), emergencies.mostHours(), Emergencies.LONGEST_REASON);
        });
        return new Until(ref, emergencies.open(actor, ref, wanted.reason(), hours));
    }

    @GetMapping
    @Transactional
    Openings emergencies(Actor actor, @PathVariable String ref) {
        audit.read(actor, "emergency.list", ref, null);
        return new Openings(emergencies.of(ref).stream().map(each -> new Opening(each.name(), each.role(), each.team(), each.reason(), each.openedAt(), each.untilAt())).toList());
    }
}
