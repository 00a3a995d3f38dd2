package org.thinkfamily.worklist.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.ReleasedForms;

/** Every form in force to print blank, for anybody who is signed in: it names no family (U14). */
@Controller
class PaperPages {

    private final Pathway pathway;
    private final ReleasedForms forms;
    private final FamilyQuestions questions;
    private final Audit audit;

    PaperPages(Pathway pathway, ReleasedForms forms, FamilyQuestions questions, Audit audit) {
        this.pathway = pathway;
        this.forms = forms;
        this.questions = questions;
        this.audit = audit;
    }

    @GetMapping("/forms")
    String forms(Model model) {
        Map<String, List<Pathway.Asked>> processes = pathway.forms().stream().collect(Collectors.groupingBy(Pathway.Asked::processName, LinkedHashMap::new, Collectors.toList()));
        model.addAttribute("processes", processes);
        return "worklist/forms";
    }

    @GetMapping("/forms/{process}/{form}")
    String blank(Actor actor, @PathVariable String process, @PathVariable String form, Model model) {
        Pathway.Asked asked = pathway.forms().stream().filter(each -> each.process().equals(process) && each.form().equals(form)).findFirst().orElseThrow(NotFound::new);
        audit.record(actor, "form.print", null, form);
        Form released = forms.get(asked.deploymentId(), form).form();
        model.addAttribute("title", asked.step());
        model.addAttribute("form", FormView.blank(released, questions.context(released, null, Map.of())));
        model.addAttribute("page", "/forms/" + process + "/" + form);
        model.addAttribute("back", "/forms");
        return "worklist/blank";
    }
}
