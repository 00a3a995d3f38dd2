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
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

/** What who comes second sees: who has or did the task, and the own answers as they were kept. */
@ControllerAdvice(assignableTypes = {FillingPages.class, WorkPages.class})
@Order(50)
class ConflictPage {

    private final Fillings fillings;

    ConflictPage(Fillings fillings) {
        this.fillings = fillings;
    }

    /** Somebody else has the task; the asker's answers are kept as they stand. */
    static class TakenOver extends RuntimeException {

        private final transient WorkItem task;

        TakenOver(WorkItem task) {
            super("taken over", null, false, false);
            this.task = task;
        }
    }

    @ExceptionHandler(TakenOver.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String takenOver(TakenOver taken, Actor actor, Model model) {
        return show(taken.task, actor, model);
    }

    @ExceptionHandler(Fillings.Taken.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String taken(Fillings.Taken taken, Actor actor, Model model) {
        return show(taken.item(), actor, model);
    }

    /** A change that nothing waits for any more, or a step that went on at the same moment. */
    @ExceptionHandler({Fillings.NothingWaits.class, Pathway.Gone.class})
    @ResponseStatus(HttpStatus.CONFLICT)
    String gone() {
        return "error/409";
    }

    private String show(WorkItem task, Actor actor, Model model) {
        model.addAttribute("task", task);
        Filling filling = fillings.of(task);
        model.addAttribute("identity", fillings.identity(filling, Map.of()));
        FormContext context = fillings.context(filling);
        fillings.draftSavedAt(filling, actor).ifPresent(saved -> model.addAttribute("kept",
                AnswersView.of(filling.form(), fillings.answers(filling, context, actor), context, restriction -> true)));
        return "worklist/conflict";
    }
}
