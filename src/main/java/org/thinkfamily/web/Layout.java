package org.thinkfamily.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.WhoLooked;
import org.thinkfamily.clock.Dates;

/**
 * What the layout of every page reads: who is signed in, where they can go, and in the demo that nothing is real. It stands in the request, not in the model of a
 * controller, so that a page that says what went wrong has it too.
 */
@Component
class Layout implements HandlerInterceptor, WebMvcConfigurer {

    private final MessageSource messages;
    private final Clock time;
    private final boolean demo;

    private final WhoLooked whoLooked;

    Layout(MessageSource messages, Clock time, WhoLooked whoLooked, Environment environment) {
        this.whoLooked = whoLooked;
        this.messages = messages;
        this.time = time;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    record User(String username, String name, String place) { }

    record Link(String href, String text, boolean current) { }

    record DemoClock(String now, boolean mayMove) { }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.getBeanType().isAnnotationPresent(Controller.class)) {
            fill(request);
        }
        return true;
    }

    private void fill(HttpServletRequest request) {
        Actor actor = (Actor) request.getAttribute(Actor.class.getName());
        request.setAttribute("demo", demo);
        if (demo) {
            request.setAttribute("demoClock", new DemoClock(Dates.moment(time.instant()), actor != null && actor.manages()));
        }
        request.setAttribute("large", "true".equals(request.getParameter("large")));
        if (actor != null) {
            String place = actor.teamName() == null ? null : actor.teamName() + ", " + actor.serviceName();
            request.setAttribute("user", new User(actor.username(), actor.name(), place));
            request.setAttribute("finding", request.getRequestURI().equals("/find"));
            request.setAttribute("readsAudit", whoLooked.offeredTo(actor));
            request.setAttribute("navigation", navigation(actor, request.getRequestURI()));
        }
        Map<String, ?> flash = RequestContextUtils.getInputFlashMap(request);
        if (flash != null && flash.get("noticeKey") instanceof String key) {
            Object argument = flash.get("noticeArgument");
            request.setAttribute("notice", messages.getMessage(key, argument == null ? null : new Object[] {argument}, Locale.UK));
            request.setAttribute("noticeMore", flash.get("noticeMore"));
        }
    }

    private static List<Link> navigation(Actor actor, String path) {
        List<Link> links = new ArrayList<>();
        if (actor.has("service-manager")) {
            links.add(link("/pathway", "pathway", path.startsWith("/pathway")));
        }
        if (actor.has("information-governance-officer")) {
            links.add(link("/information-governance", "information-governance", path.startsWith("/information-governance") || path.startsWith("/access-requests")));
        }
        links.add(link("/work", "my-work", path.startsWith("/work") && !path.startsWith("/work/team")));
        links.add(link("/work/team", "team-work", path.startsWith("/work/team")));
        links.add(link("/cases", "my-cases", path.startsWith("/cases")));
        links.add(link("/find", "find", path.startsWith("/find")));
        links.add(link("/known", "known", path.startsWith("/known")));
        links.add(link("/start", "start", path.startsWith("/start")));
        if (actor.manages()) {
            links.add(link("/messages", "messages", path.startsWith("/messages")));
            links.add(link("/caseload-check", "caseload-check", path.startsWith("/caseload-check")));
        }
        return links;
    }

    private static Link link(String href, String key, boolean current) {
        return new Link(href, "site.nav." + key, current);
    }
}
