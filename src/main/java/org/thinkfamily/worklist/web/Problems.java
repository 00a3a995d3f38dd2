package org.thinkfamily.worklist.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.ApiProblem.Wrong;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

/** What can go wrong with answers and tasks, as the API says it. */
final class Problems {

    private Problems() { }

    /** The answers that were sent. @throws ApiProblem 422 when there are none */
    static Map<String, Object> answers(Map<String, Object> answers) {
        if (answers == null) {
            throw ApiProblem.invalid("/answers", "api.error.missing", "answers");
        }
        return answers;
    }

    /** The same, when the form accepts them. @throws ApiProblem 422 with a pointer to each answer that it does not */
    static CheckedForm accepted(CheckedForm checked) {
        if (!checked.isAccepted()) {
            throw ApiProblem.invalid(checked.problems().stream().map(problem -> new Wrong("/answers" + problem.pointer(), problem.message())).toList());
        }
        return checked;
    }

    /** 409: who has the task, or who did it. */
    static ApiProblem taken(WorkItem item) {
        Map<String, Object> who = new LinkedHashMap<>();
        if (item.open()) {
            if (item.assignee() != null) {
                who.put("assignee", item.assignee());
            }
            return ApiProblem.conflict("held", who, item.assigneeName() == null ? item.teamName() : item.assigneeName());
        }
        who.put("doneAt", item.doneAt());
        if (item.doneBy() == null) {
            return ApiProblem.conflict("not-needed", who);
        }
        who.put("doneBy", item.doneBy());
        return ApiProblem.conflict("done", who, item.doneByName() == null ? item.doneBy() : item.doneByName());
    }

    /** Files, and says it in the API's words when somebody was faster. */
    static <T> T filing(Supplier<T> filing) {
        try {
            return filing.get();
        } catch (Fillings.Taken taken) {
            throw taken(taken.item());
        } catch (Pathway.Gone gone) {
            throw ApiProblem.conflict("taken", Map.of());
        } catch (Pathway.RunsAlready running) {
            throw ApiProblem.conflict("runs-already", Map.of());
        } catch (Fillings.NothingWaits nothing) {
            throw ApiProblem.conflict("nothing-waits", Map.of());
        }
    }
}
