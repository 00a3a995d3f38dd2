package org.thinkfamily.worklist.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** The browser says that it prints a page: what is on paper is written down as what was read is. A browser without scripts cannot say so. */
@Controller
class PrintedPages {

    private static final Pattern PAGE = Pattern.compile("/[A-Za-z0-9/_.:-]{0,200}");
    private static final Pattern OF_A_FAMILY = Pattern.compile("/families/(F-\\d{1,12})(/.*)?");
    private static final Pattern OF_A_TASK = Pattern.compile("/work/([0-9a-f-]{36})(/.*)?");

    private final Audit audit;
    private final WorkItems items;

    PrintedPages(Audit audit, WorkItems items) {
        this.audit = audit;
        this.items = items;
    }

    /** @param page the path of its address, without what follows a question mark */
    @PostMapping("/printed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    void printed(Actor actor, @RequestParam String page) {
        if (!PAGE.matcher(page).matches()) {
            throw new NotFound();
        }
        Matcher family = OF_A_FAMILY.matcher(page);
        Matcher task = OF_A_TASK.matcher(page);
        String ref = family.matches() ? family.group(1) : task.matches() ? items.one(actor, task.group(1)).map(WorkItem::family).orElseThrow(NotFound::new) : null;
        if (ref == null) {
            audit.record(actor, "page.print", null, page);
        } else {
            audit.read(actor, "page.print", ref, page);
        }
    }
}
