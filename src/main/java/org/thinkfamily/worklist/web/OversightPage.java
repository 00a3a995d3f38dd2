package org.thinkfamily.worklist.web;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.family.Families;

/** How services keep to management oversight, side by side: numbers, no families (S-137). */
@Controller
class OversightPage {

    private static final int MONTHS = 6;

    private final JdbcClient jdbc;
    private final Families families;
    private final Audit audit;

    OversightPage(JdbcClient jdbc, Families families, Audit audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.families = families;
    }

    /** @param late looked at, but after the last day; {@code openLate} not looked at, and the last day has gone */
    record Kept(String team, String service, long asked, long inTime, long late, long openLate) { }

    @GetMapping("/work/team/oversight")
    String oversight(Actor actor, Model model) {
        if (!actor.manages() && !actor.has("service-manager")) {
            throw new NotAllowed();
        }
        List<Kept> rows = jdbc.sql("select * from oversight_by_team(:since)").param("since", families.today().minusMonths(MONTHS)).query(Kept.class).list();
        audit.list(actor, "work.oversight", List.of(), List.of());
        model.addAttribute("rows", rows);
        return "worklist/oversight";
    }
}
