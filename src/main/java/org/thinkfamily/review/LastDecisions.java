package org.thinkfamily.review;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.KnownList;
import org.thinkfamily.record.Entries;

/** The decisions of the review before the one whose decisions are written now, to say of each what became of it. */
@Component
class LastDecisions implements KnownList {

    private final Reviews reviews;
    private final Entries entries;

    LastDecisions(Reviews reviews, Entries entries) {
        this.reviews = reviews;
        this.entries = entries;
    }

    @Override
    public String name() {
        return "last-decisions";
    }

    @Override
    public List<Map<String, Object>> of(String family, Map<String, Long> subjects) {
        Long child = subjects.get("child");
        return child == null ? List.of() : reviews.decisionsBefore(child).stream().map(decision -> row(family, decision)).toList();
    }

    private Map<String, Object> row(String family, Decision decision) {
        Map<String, Object> row = new HashMap<>(Map.of("number", (long) decision.position(), "wasOwner", decision.owner(), "wasDueOn", decision.dueOn().toString()));
        entries.one(family, decision.entry()).map(entry -> ((List<?>) entry.answers().get("decisions")).get(decision.position() - 1))
                .ifPresent(said -> row.put("was", ((Map<?, ?>) said).get("decision")));
        return row;
    }
}
