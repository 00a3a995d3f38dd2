package org.thinkfamily.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.AuditUnavailable;
import org.thinkfamily.access.DatabaseAway;

/**
 * Writes into the audit what somebody signed in asked for and was refused, whether it does not exist or may not be known: with one statement for both, so that neither takes
 * longer. Answers "not now" where signing in itself, or a refusal, cannot be written.
 */
class Refusals extends OncePerRequestFilter {

    /** What is kept of an address is an id; anything else somebody may have typed. */
    private static final String ID = "[A-Za-z0-9_:.-]{1,80}";

    private final Audit audit;
    private final HandlerExceptionResolver problems;

    Refusals(Audit audit, HandlerExceptionResolver problems) {
        this.audit = audit;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
            if (request.getAttribute(SignedIn.ACTOR) instanceof Actor actor && refused(response.getStatus())
                    && request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod) {
                write(actor, request);
            }
        } catch (AuditUnavailable unavailable) {
            if (DatabaseAway.caused(unavailable)) {
                throw unavailable;
            }
            if (!response.isCommitted()) {
                response.resetBuffer();
                if (problems.resolveException(request, response, null, unavailable) == null) {
                    response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
                }
            }
        }
    }

    private static boolean refused(int status) {
        return status == HttpStatus.FORBIDDEN.value() || status == HttpStatus.NOT_FOUND.value();
    }

    private void write(Actor actor, HttpServletRequest request) {
        Map<?, ?> named = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables ? variables : Map.of();
        String family = id(named.get("ref") != null ? named.get("ref") : named.get("family") != null ? named.get("family") : request.getParameter("family"));
        String subject = named.entrySet().stream().filter(each -> !each.getKey().equals("ref") && !each.getKey().equals("family")).map(each -> id(each.getValue()))
                .filter(id -> id != null).collect(Collectors.joining(" "));
        audit.refused(actor, request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE), family, subject.isEmpty() ? null : subject);
    }

    private static String id(Object value) {
        return value != null && value.toString().matches(ID) ? value.toString() : null;
    }
}
