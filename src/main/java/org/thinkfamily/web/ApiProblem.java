package org.thinkfamily.web;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A call of the API that cannot be answered, for a reason that its caller can do something about. The words are in {@code messages/api.properties}. */
public final class ApiProblem extends RuntimeException {

    private final HttpStatus status;
    private final String ending;
    private final transient Object[] arguments;
    private final transient List<Wrong> errors;
    private final transient Map<String, Object> more;

    private ApiProblem(HttpStatus status, String ending, Object[] arguments, List<Wrong> errors, Map<String, Object> more) {
        super(ending, null, false, false);
        this.status = status;
        this.ending = ending;
        this.arguments = arguments;
        this.errors = errors;
        this.more = more;
    }

    /**
     * One thing wrong with what was sent.
     *
     * @param pointer JSON pointer into what was sent; a query parameter counts as a member of that name
     * @param message plain words, or the key of a message
     * @param arguments of the message
     */
    public record Wrong(String pointer, String message, Object... arguments) { }

    /** 422: understood and wrong. */
    public static ApiProblem invalid(List<Wrong> errors) {
        return new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", new Object[0], List.copyOf(errors), Map.of());
    }

    /** 422 with one thing wrong; {@code key} of its message, with arguments. */
    public static ApiProblem invalid(String pointer, String key, Object... arguments) {
        return invalid(List.of(new Wrong(pointer, key, arguments)));
    }

    /**
     * 409: somebody was faster, or things stand otherwise.
     *
     * @param ending of the problem's type
     * @param more further members of the document, such as who it was
     */
    public static ApiProblem conflict(String ending, Map<String, Object> more, Object... arguments) {
        return new ApiProblem(HttpStatus.CONFLICT, ending, arguments, List.of(), more);
    }

    /** 429: too much of this in too short a time; {@code ending} of the problem's type. */
    public static ApiProblem tooMany(String ending) {
        return of(HttpStatus.TOO_MANY_REQUESTS, ending);
    }

    /** A problem without further members. */
    static ApiProblem of(HttpStatus status, String ending) {
        return new ApiProblem(status, ending, new Object[0], List.of(), Map.of());
    }

    HttpStatus status() {
        return status;
    }

    String ending() {
        return ending;
    }

    Object[] arguments() {
        return arguments;
    }

    List<Wrong> errors() {
        return errors;
    }

    Map<String, Object> more() {
        return more;
    }
}
