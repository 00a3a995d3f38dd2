package org.thinkfamily.chronology.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.chronology.Chronology;
import org.thinkfamily.chronology.Happening;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.Paging;

/** The chronology of a family, for programs. Who may not see the family gets the answer that there is none. */
@RestController
@RequestMapping("/api/v1/families/{ref}/chronology")
class ChronologyApi {

    private final Chronology chronology;

    ChronologyApi(Chronology chronology) {
        this.chronology = chronology;
    }

    /** {@code on}: the first day of what is known; {@code precision} says how much of it. {@code about} empty: the whole family. {@code mark}: who last said whether it is significant. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Item(String id, @Schema(allowableValues = {"entry", "decision", "care", "contact", "clock", "involvement", "history"}) String kind, Instant at, LocalDate on,
            @Schema(allowableValues = {"day", "month", "year"}) String precision, String title, @JsonInclude(JsonInclude.Include.NON_NULL) String detail, Set<Long> about,
            String service, String author, @JsonInclude(JsonInclude.Include.NON_NULL) String source,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(allowableValues = {"confirmed", "likely", "unverified"}) String confidence, boolean corrected, boolean significant,
            @JsonInclude(JsonInclude.Include.NON_NULL) Marked mark) { }

    record Marked(boolean significant, String reason, String by, Instant at) { }

    @GetMapping
    @Transactional
    Paging.Page<Item> chronology(Actor actor, @PathVariable String ref,
            @Parameter(description = "Only what is about this person or the whole family") @RequestParam(required = false) Long person,
            @Parameter(description = "Only what is this service's, by its name") @RequestParam(required = false) String service,
            @Parameter(description = "Only these kinds") @RequestParam(required = false) Set<String> kind,
            @Parameter(description = "Only what counts as significant") @RequestParam(defaultValue = "false") boolean significant,
            @Parameter(description = "newest or oldest first", schema = @Schema(allowableValues = {"newest", "oldest"})) @RequestParam(defaultValue = "newest") String order,
            @ParameterObject Paging paging) {
        if (kind != null && !Chronology.KINDS.containsAll(kind)) {
            throw ApiProblem.invalid("/kind", "api.error.choice", String.join(", ", Chronology.KINDS));
        }
        if (!order.equals("newest") && !order.equals("oldest")) {
            throw ApiProblem.invalid("/order", "api.error.choice", "newest, oldest");
        }
        Chronology.After after = paging.after() == null ? null : Chronology.After.of(paging.after()).orElseThrow(paging::wrongKey);
        Chronology.Filter filter = new Chronology.Filter(person, service, kind == null ? Set.of() : kind, significant, order.equals("oldest"));
        return paging.page(chronology.read(actor, ref, filter, after, paging.fetch()), item -> new Chronology.After(item.at(), item.item()).key(), ChronologyApi::item,
                () -> chronology.count(ref, filter));
    }

    private static Item item(Happening item) {
        return new Item(item.item(), item.kind(), item.at(), WorkingDays.dayOf(item.at()), item.precision(), item.title(), item.detail(), item.about(), item.service(), item.who(),
                item.source(), item.confidence(), item.corrected(), item.significant(),
                item.mark() == null ? null : new Marked(item.mark().significant(), item.mark().reason(), item.mark().by(), item.mark().at()));
    }
}
