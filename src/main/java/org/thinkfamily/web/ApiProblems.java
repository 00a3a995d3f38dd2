package org.thinkfamily.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.thinkfamily.access.AuditUnavailable;
import org.thinkfamily.access.DatabaseAway;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the API answers when something went wrong: a problem document (RFC 9457), never a page. Comes before the error pages and serves {@code /api/**} alone,
 * whether the problem arose in a method, in the security chain or because there is no such address.
 */
@Component("apiProblems")
class ApiProblems implements HandlerExceptionResolver, Ordered, RequestRejectedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private final MessageSource messages;
    private final JsonMapper json;
    private final String types;

    ApiProblems(MessageSource messages, JsonMapper json, @Value("${thinkfamily.base-url}") String baseUrl) {
        this.messages = messages;
        this.json = json;
        this.types = baseUrl + "/problems/";
    }

    @Override
    public int getOrder() {
        return -1;
    }

    static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    @Override
    public ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response, Object handler, Exception problem) {
        if (!isApi(request)) {
            return null;
        }
        if (!response.isCommitted()) {
            try {
                write(response, known(problem), problem, request);
            } catch (IOException gone) {
                LOG.debug("the caller has gone");
            }
        }
        return new ModelAndView();
    }

    /** The firewall's refusal of an odd address, before anything else has seen it. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException refused) throws IOException {
        if (isApi(request)) {
            write(response, ApiProblem.of(HttpStatus.BAD_REQUEST, "unreadable"), refused, request);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static ApiProblem known(Exception problem) {
        if (problem instanceof ApiProblem own) {
            return own;
        }
        if (problem instanceof NotFound) {
            return ApiProblem.of(HttpStatus.NOT_FOUND, "not-found");
        }
        if (problem instanceof NotAllowed || problem instanceof AccessDeniedException) {
            return ApiProblem.of(HttpStatus.FORBIDDEN, "not-allowed");
        }
        if (DatabaseAway.caused(problem)) {
            return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE, "no-database");
        }
        if (problem instanceof AuditUnavailable) {
            return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE, "no-audit");
        }
        if (problem instanceof AuthenticationException) {
            return ApiProblem.of(HttpStatus.UNAUTHORIZED, "not-signed-in");
        }
        if (problem instanceof HttpMessageNotReadableException unreadable) {
            return unreadable.getCause() instanceof DatabindException wrong ? wrongShape(wrong) : ApiProblem.of(HttpStatus.BAD_REQUEST, "unreadable");
        }
        if (problem instanceof MethodArgumentTypeMismatchException wrong) {
            return wrong.getParameter().hasParameterAnnotation(PathVariable.class) ? ApiProblem.of(HttpStatus.NOT_FOUND, "not-found")
                    : ApiProblem.invalid("/" + wrong.getName(), "api.error.parameter", wrong.getName());
        }
        if (problem instanceof MissingServletRequestParameterException missing) {
            return ApiProblem.invalid("/" + missing.getParameterName(), "api.error.missing", missing.getParameterName());
        }
        if (problem instanceof ConcurrencyFailureException) {
            return ApiProblem.conflict("taken", Map.of());
        }
        if (problem instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(response.getStatusCode().value());
            return switch (status) {
                case NOT_FOUND -> ApiProblem.of(status, "not-found");
                case METHOD_NOT_ALLOWED -> ApiProblem.of(status, "method-not-allowed");
                case NOT_ACCEPTABLE -> ApiProblem.of(status, "not-acceptable");
                case CONTENT_TOO_LARGE -> ApiProblem.of(status, "too-large");
                case UNSUPPORTED_MEDIA_TYPE -> ApiProblem.of(status, "unsupported-media-type");
                case TOO_MANY_REQUESTS -> ApiProblem.of(status, "too-many-tries");
                default -> ApiProblem.of(HttpStatus.BAD_REQUEST, "unreadable");
            };
        }
        return ApiProblem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal");
    }

    /** The JSON can be read but has another shape: the pointer says where. */
    private static ApiProblem wrongShape(DatabindException wrong) {
        String pointer = wrong.getPath().stream().map(ApiProblems::step).collect(Collectors.joining());
        return ApiProblem.invalid(pointer, wrong instanceof UnrecognizedPropertyException ? "api.error.unknown" : "api.error.shape");
    }

    private static String step(JacksonException.Reference step) {
        return "/" + (step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName().replace("~", "~0").replace("/", "~1"));
    }

    private void write(HttpServletResponse response, ApiProblem problem, Exception cause, HttpServletRequest request) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", types + problem.ending());
        document.put("title", say("api.problem." + problem.ending() + ".title"));
        document.put("status", problem.status().value());
        document.put("detail", say("api.problem." + problem.ending() + ".detail", problem.arguments()));
        if (!problem.errors().isEmpty()) {
            document.put("errors", problem.errors().stream().map(this::error).toList());
        }
        document.putAll(problem.more());
        if (problem.status().is5xxServerError()) {
            String reference = Errors.reference();
            LOG.error("Reference {}: {} {}", reference, request.getMethod(), Errors.pattern(request), WithoutData.of(cause));
            document.put("reference", reference);
        }
        if (cause instanceof ErrorResponse standard) {
            standard.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        response.resetBuffer();
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(document));
    }

    private Map<String, String> error(ApiProblem.Wrong wrong) {
        return Map.of("pointer", wrong.pointer(), "message", messages.getMessage(wrong.message(), wrong.arguments(), wrong.message(), Locale.UK));
    }

    private String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.UK);
    }
}
