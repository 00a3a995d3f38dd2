package org.thinkfamily.demo.web;

import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.demo.TimeTravel;

/** Where a manager moves the demo's time on. */
@Controller
@Profile("demo")
class ClockPage {

    /** The three moves offered, in the order of the page; the words are {@code demo.clock.move.<code>}. */
    private static final List<String> MOVES = List.of("P1D", "P1W", "next-due");

    private final TimeTravel time;

    ClockPage(TimeTravel time) {
        this.time = time;
    }

    @GetMapping("/demo/clock")
    String clock(Actor actor, Model model) {
        requireManager(actor);
        model.addAttribute("now", ZonedDateTime.ofInstant(time.now(), WorkingDays.LONDON));
        model.addAttribute("moves", MOVES);
        return "demo/clock";
    }

    @PostMapping("/demo/clock")
    String move(Actor actor, @RequestParam String advance, RedirectAttributes flash) {
        requireManager(actor);
        if (!MOVES.contains(advance)) {
            throw new NotAllowed();
        }
        TimeTravel.Moved moved = time.advance(advance);
        flash.addFlashAttribute("noticeKey", moved.timers() == 0 ? "demo.clock.moved.none" : "demo.clock.moved");
        flash.addFlashAttribute("noticeArgument", moved.timers());
        return "redirect:/demo/clock";
    }

    private static void requireManager(Actor actor) {
        if (!actor.manages()) {
            throw new NotAllowed();
        }
    }
}
