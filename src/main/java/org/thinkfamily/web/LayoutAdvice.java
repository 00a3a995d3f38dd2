package org.thinkfamily.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thinkfamily.access.Actor;
import org.thinkfamily.clock.Dates;

/** What the layout of every page reads: who is signed in, where they can go, and in the demo that nothing is real. */
@ControllerAdvice(annotations = Controller.class)
class LayoutAdvice {

    private final MessageSource messages;
    private final Clock time;
    private final boolean demo;

    LayoutAdvice(MessageSource messages, Clock time, Environment environment) {
        this.messages = messages;
        this.time = time;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    record User(String username, String name, String place) { }

    record Link(String href, String text, boolean current) { }

    record DemoClock(String now, boolean mayMove) { }

    @ModelAttribute
    void layout(Model model, HttpServletRequest request) {
        Actor actor = (Actor) request.getAttribute(Actor.class.getName());
        model.addAttribute("demo", demo);
        if (demo) {
            model.addAttribute("demoClock", new DemoClock(Dates.moment(time.instant()), actor != null && actor.manages()));
        }
        model.addAttribute("large", "true".equals(request.getParameter("large")));
        if (actor != null) {
            String place = actor.teamName() == null ? null : actor.teamName() + ", " + actor.serviceName();
            model.addAttribute("user", new User(actor.username(), actor.name(), place));
            model.addAttribute("finding", request.getRequestURI().equals("/find"));
            model.addAttribute("navigation", navigation(actor, request.getRequestURI()));
        }
        if (model.asMap().get("noticeKey") instanceof String key) {
            Object argument = model.asMap().get("noticeArgument");
            model.addAttribute("notice", messages.getMessage(key, argument == null ? null : new Object[] {argument}, Locale.UK));
        }
    }

    private static List<Link> navigation(Actor actor, String path) {
        List<Link> links = new ArrayList<>();
        links.add(link("/work", "my-work", path.startsWith("/work") && !path.equals("/work/team")));
        links.add(link("/work/team", "team-work", path.equals("/work/team")));
        links.add(link("/cases", "my-cases", path.startsWith("/cases")));
        links.add(link("/find", "find", path.startsWith("/find") || path.startsWith("/families")));
        links.add(link("/start", "start", path.startsWith("/start")));
        if (actor.manages()) {
            links.add(link("/messages", "messages", path.startsWith("/messages")));
        }
        return links;
    }

    private static Link link(String href, String key, boolean current) {
        return new Link(href, "site.nav." + key, current);
    }
}
