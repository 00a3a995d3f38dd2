package org.thinkfamily.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.AuditUnavailable;
import org.thinkfamily.access.DatabaseAway;
import org.thinkfamily.access.Emergencies;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;

/** What a page shows when something went wrong: what happened, what to do. A fault of ours gets a reference number and no details. */
@ControllerAdvice(annotations = Controller.class)
@Order(100)
class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final Pattern OF_A_FAMILY = Pattern.compile("/families/(F-\\d{1,12})(?=/|$)(?!/emergency)");

    private final Emergencies emergencies;

    Errors(Emergencies emergencies) {
        this.emergencies = emergencies;
    }

    @ExceptionHandler(NotFound.class)
    ModelAndView notFound(HttpServletRequest request) {
        ModelAndView page = page(HttpStatus.NOT_FOUND);
        Matcher family = OF_A_FAMILY.matcher(request.getRequestURI());
        if (family.lookingAt() && request.getAttribute(Actor.class.getName()) instanceof Actor actor && emergencies.offeredTo(actor)) {
            page.addObject("emergency", family.group(1)); // the same for a family that exists and for one that does not
        }
        return page;
    }

    @ExceptionHandler(NotAllowed.class)
    ModelAndView notAllowed() {
        return page(HttpStatus.FORBIDDEN);
    }

    @ExceptionHandler(AuditUnavailable.class)
    ModelAndView noAudit(AuditUnavailable problem) {
        if (DatabaseAway.caused(problem)) {
            throw problem; // whoever stands in front of all of this says so
        }
        return page(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @ExceptionHandler(ConcurrencyFailureException.class)
    ModelAndView somebodyWasFaster() {
        return page(HttpStatus.CONFLICT);
    }

    /** An address or a parameter that is no number, for example. What was sent is not said again. */
    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ModelAndView unreadable(MethodArgumentTypeMismatchException problem) {
        return page(problem.getParameter().hasParameterAnnotation(PathVariable.class) ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST);
    }

    @ExceptionHandler(Exception.class)
    ModelAndView other(Exception problem, HttpServletRequest request, Model model) throws Exception {
        if (problem instanceof AccessDeniedException || problem instanceof AuthenticationException || DatabaseAway.caused(problem)) {
            throw problem; // security sends the asker to sign in; NoDatabase says that there is none
        }
        if (problem instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            return page(HttpStatus.valueOf(response.getStatusCode().value()));
        }
        String reference = reference();
        LOG.error("Reference {}: {} {}", reference, request.getMethod(), pattern(request), WithoutData.of(problem));
        ModelAndView page = page(HttpStatus.INTERNAL_SERVER_ERROR);
        page.addObject("reference", reference);
        return page;
    }

    private static ModelAndView page(HttpStatus status) {
        ModelAndView page = new ModelAndView("error", "status", status.value());
        page.setStatus(status);
        return page;
    }

    /** Eight characters a person can read out. */
    static String reference() {
        return UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    }

    /** The route, not the address: an address may hold what somebody searched for. */
    static Object pattern(HttpServletRequest request) {
        return request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
    }
}
