package org.thinkfamily.overview.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.WhoLooked;
import org.thinkfamily.overview.CaseloadCheck;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.Paging;

/** Who has looked at a family, and what a manager's people opened without a reason, for programs. */
@RestController
class AuditApi {

    private final WhoLooked whoLooked;
    private final CaseloadCheck caseload;

    AuditApi(WhoLooked whoLooked, CaseloadCheck caseload) {
        this.whoLooked = whoLooked;
        this.caseload = caseload;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Look(long id, Instant at, String username, String name, String roles, String action,
            @Schema(allowableValues = {"opened", "listed", "printed", "changed", "emergency", "refused"}) String kind, String reason) { }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Opened(long id, String username, String name, String family, long times, Instant firstAt, Instant lastAt,
            @Schema(allowableValues = {"emergency", "manager", "queue"}) String how, String reason) { }

    @GetMapping("/api/v1/families/{ref}/who-looked")
    @Transactional
    Paging.Page<Look> whoLooked(Actor actor, @PathVariable String ref,
            @RequestParam(required = false) @Schema(allowableValues = {"opened", "listed", "printed", "changed", "emergency", "refused"}) String kind, @ParameterObject Paging paging) {
        if (kind != null && !WhoLooked.KINDS.contains(kind)) {
            throw ApiProblem.invalid("/kind", "api.error.parameter", "kind");
        }
        return paging.page(whoLooked.of(actor, ref, null, kind, paging.afterNumber(), paging.fetch()), look -> String.valueOf(look.id()),
                look -> new Look(look.id(), look.at(), look.username(), look.name(), look.roles(), look.action(), look.kind(), look.reason()),
                () -> whoLooked.count(ref, kind));
    }

    @GetMapping("/api/v1/caseload-check")
    @Transactional
    Paging.Page<Opened> caseloadCheck(Actor actor, @RequestParam(defaultValue = "" + CaseloadCheck.DAYS) @Schema(minimum = "1", maximum = "" + CaseloadCheck.MOST_DAYS) int days,
            @ParameterObject Paging paging) {
        if (days < 1 || days > CaseloadCheck.MOST_DAYS) {
            throw ApiProblem.invalid("/days", "api.error.parameter", "days");
        }
        return paging.page(caseload.of(actor, days, paging.afterNumber(), paging.fetch()), opened -> String.valueOf(opened.id()),
                opened -> new Opened(opened.id(), opened.username(), opened.name(), opened.family(), opened.times(), opened.firstAt(), opened.lastAt(), opened.how(), opened.reason()),
                () -> caseload.count(actor, days));
    }
}
