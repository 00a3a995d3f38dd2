package org.thinkfamily.disclosure.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.disclosure.AccessRequest;
import org.thinkfamily.disclosure.AccessRequests;
import org.thinkfamily.disclosure.Answer;
import org.thinkfamily.disclosure.Held;

/** What is held about a person, a page of items at a time: each is released, released in part or withheld. */
@Controller
class AccessRequestPages {

    private static final int SHOWN = 25;
    private static final String DECISION = "decision-";

    private final AccessRequests requests;
    private final Answer answer;
    private final MessageSource messages;

    AccessRequestPages(AccessRequests requests, Answer answer, MessageSource messages) {
        this.requests = requests;
        this.answer = answer;
        this.messages = messages;
    }

    /** @param decision as it was decided or, after something was wrong, as it was typed; so too {@code reason} and {@code words} */
    record Row(Held held, String decision, String reason, String words, String wrongDecision, String wrongReason, String wrongWords) { }

    @GetMapping("/access-requests")
    String list(Actor actor, Model model) {
        model.addAttribute("requests", requests.list(actor));
        return "disclosure/requests";
    }

    @GetMapping("/families/{ref}/access-requests/{request}")
    @Transactional
    String items(Actor actor, @PathVariable String ref, @PathVariable long request, @RequestParam(defaultValue = "") String which, @RequestParam(defaultValue = "0") int after, Model model) {
        return page(requests.one(actor, ref, request), which, after, Map.of(), List.of(), model);
    }

    private String page(AccessRequest request, String asked, int after, Map<Long, AccessRequests.Choice> typed, List<AccessRequests.Wrong> wrong, Model model) {
        String which = List.of("all", "undecided", "withheld").contains(asked) ? asked : request.open() && request.undecided() > 0 ? "undecided" : "all";
        List<Held> found = requests.items(request, which, after, SHOWN + 1);
        List<Held> shown = found.subList(0, Math.min(SHOWN, found.size()));
        model.addAttribute("rows", shown.stream().map(held -> row(held, typed.get(held.item().id()), wrong)).toList());
        model.addAttribute("errors", wrong.stream().map(one -> Map.of("field", field(one), "message", messages.getMessage(one.key(), null, Locale.UK))).toList());
        model.addAttribute("asked", request);
        model.addAttribute("which", which);
        model.addAttribute("after", after);
        model.addAttribute("next", found.size() > SHOWN ? "/families/" + request.family() + "/access-requests/" + request.id() + "?which=" + which + "&after=" + shown.get(SHOWN - 1).item().position() : null);
        model.addAttribute("reasons", requests.reasons());
        model.addAttribute("back", "/access-requests");
        model.addAttribute("wide", true);
        return "disclosure/items";
    }

    private static String field(AccessRequests.Wrong wrong) {
        return wrong.control() + "-" + wrong.item() + (wrong.control().equals("decision") ? "-release" : "");
    }

    private Row row(Held held, AccessRequests.Choice typed, List<AccessRequests.Wrong> wrong) {
        String decision = typed == null ? held.item().decision() : typed.decision();
        String words = typed == null ? held.item().words() : typed.words();
        return new Row(held, decision == null ? "" : decision, typed == null ? held.item().reason() : typed.reason(), words == null ? held.text() : words,
                wrong(held, "decision", wrong), wrong(held, "reason", wrong), wrong(held, "words", wrong));
    }

    private String wrong(Held held, String control, List<AccessRequests.Wrong> wrong) {
        return wrong.stream().filter(one -> one.item() == held.item().id() && one.control().equals(control)).findFirst().map(one -> messages.getMessage(one.key(), null, Locale.UK)).orElse(null);
    }

    /** Keeps what was decided on the page and goes on to what comes after it. {@code rest}: what becomes of the items of the page about which nothing was said. */
    @PostMapping("/families/{ref}/access-requests/{request}")
    @Transactional
    Object decide(Actor actor, @PathVariable String ref, @PathVariable long request, @RequestParam Map<String, String> posted, @RequestParam(defaultValue = "") String which,
            @RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = "") String rest, Model model, RedirectAttributes flash) {
        Map<Long, AccessRequests.Choice> choices = new LinkedHashMap<>();
        int last = after;
        for (String name : new ArrayList<>(posted.keySet())) {
            if (name.matches("shown-\\d{1,18}")) {
                String item = name.substring("shown-".length());
                String decision = posted.getOrDefault(DECISION + item, rest.equals("release") ? rest : "");
                last = Math.max(last, number(posted.get(name)));
                if (!decision.isEmpty()) {
                    choices.put(Long.valueOf(item), new AccessRequests.Choice(decision, posted.get("reason-" + item), posted.get("words-" + item)));
                }
            }
        }
        List<AccessRequests.Wrong> wrong = requests.decide(actor, ref, request, choices);
        if (!wrong.isEmpty()) {
            return page(requests.one(actor, ref, request), which, after, choices, wrong, model);
        }
        flash.addFlashAttribute("noticeKey", "disclosure.saved");
        flash.addFlashAttribute("noticeArgument", choices.size());
        return "redirect:/families/" + ref + "/access-requests/" + request + "?which=" + (List.of("all", "undecided", "withheld").contains(which) ? which : "undecided") + "&after=" + last;
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** The answer as a file. */
    @GetMapping("/families/{ref}/access-requests/{request}/document")
    Object document(Actor actor, @PathVariable String ref, @PathVariable long request, RedirectAttributes flash) {
        return answer.make(actor, ref, request).<Object>map(file -> ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(ref + "-request-" + request + ".pdf").build().toString()).body(file)).orElseGet(() -> {
            flash.addFlashAttribute("noticeKey", "documents.busy");
            return "redirect:/families/" + ref + "/access-requests/" + request;
        });
    }
}
