package org.thinkfamily.worklist.web;

import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.thinkfamily.access.Actor;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

/** What who comes second sees: who has or did the task, what was filed, and beside it the own answers and nothing else. */
@ControllerAdvice(assignableTypes = {FillingPages.class, WorkPages.class})
@Order(50)
class ConflictPage {

    private final Fillings fillings;

    ConflictPage(Fillings fillings) {
        this.fillings = fillings;
    }

    /** Somebody else has the task. {@code sent}: the asker's answers, which are shown and kept nowhere; null when none were sent. */
    static class TakenOver extends RuntimeException {

        private final transient WorkItem task;
        private final transient Map<String, Object> sent;

        TakenOver(WorkItem task, Map<String, Object> sent) {
            super("taken over", null, false, false);
            this.task = task;
            this.sent = sent;
        }
    }

    @ExceptionHandler(TakenOver.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String takenOver(TakenOver taken, Actor actor, Model model) {
        return show(taken.task, taken.sent, actor, model);
    }

    @ExceptionHandler(Fillings.Taken.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String taken(Fillings.Taken taken, Actor actor, Model model) {
        return show(taken.item(), null, actor, model);
    }

    /** A change that nothing waits for any more, or a step that went on at the same moment. */
    @ExceptionHandler({Fillings.NothingWaits.class, Pathway.Gone.class})
    @ResponseStatus(HttpStatus.CONFLICT)
    String gone(Model model) {
        model.addAttribute("status", HttpStatus.CONFLICT.value());
        return "error";
    }

    /** There is one such process at a time, and one runs. */
    @ExceptionHandler(Pathway.RunsAlready.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String running() {
        return "worklist/running";
    }

    private String show(WorkItem task, Map<String, Object> sent, Actor actor, Model model) {
        model.addAttribute("task", task);
        Filling filling = fillings.of(task);
        fillings.read(actor, filling);
        if (actor.username().equals(task.doneBy())) {
            model.addAttribute("identity", fillings.identity(filling, Map.of()));
            model.addAttribute("again", true);
            return "worklist/done";
        }
        Map<String, Object> own = sent == null ? fillings.draft(filling, actor) : sent;
        if (!own.isEmpty()) {
            model.addAttribute("own", AnswersView.of(filling.form(), own, fillings.context(filling), restriction -> true).answered());
        }
        fillings.filed(actor, task).ifPresent(entry -> model.addAttribute("filed", fillings.view(entry, actor)));
        model.addAttribute("identity", fillings.identity(filling, Map.of()));
        return "worklist/conflict";
    }
}
