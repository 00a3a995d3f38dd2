package org.thinkfamily.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Which part of a list a caller of the API wants. A method parameter of this type is read from the query: {@code after}, {@code limit}, {@code count}.
 *
 * @param after the opaque key after which the part starts; null: from the start
 * @param limit how many items at most, 1 to 200
 * @param count whether the total is asked for
 */
public record Paging(
        @Parameter(description = "The key after which the list goes on, as the link `next` carries it") String after,
        @Parameter(description = "How many items at most, 1 to 200; 50 when not given") Integer limit,
        @Parameter(description = "Whether the answer says how many items there are in all") Boolean count) {

    static final int DEFAULT = 50;
    static final int MOST = 200;

    /**
     * A part of a list.
     *
     * @param next the address of the part that follows, or null when this is the last
     * @param count how many items there are in all; absent unless it was asked for
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Page<T>(List<T> items, String next, @JsonInclude(JsonInclude.Include.NON_NULL) Long count) { }

    /** One more than is shown, so that the last item says whether there are more. */
    public int fetch() {
        return limit + 1;
    }

    /** The key as a number; null from the start. @throws ApiProblem 422 when it is none */
    public Long afterNumber() {
        if (after == null) {
            return null;
        }
        if (!after.matches("\\d{1,18}")) {
            throw wrongKey();
        }
        return Long.valueOf(after);
    }

    /** 422: the key is none that the API gave. */
    public ApiProblem wrongKey() {
        return ApiProblem.invalid("/after", "api.error.after");
    }

    /**
     * The part of the list, with the link to what follows.
     *
     * @param found what was found, {@link #fetch()} at most
     * @param key the key of an item
     * @param shown an item as JSON
     * @param total how many there are in all; asked only when the caller wants to know
     */
    public <T, R> Page<R> page(List<T> found, Function<T, String> key, Function<T, R> shown, LongSupplier total) {
        List<T> part = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? ServletUriComponentsBuilder.fromCurrentRequest().scheme(null).host(null).port(null)
                .replaceQueryParam("after", key.apply(part.get(part.size() - 1))).build().encode().toUriString() : null;
        return new Page<>(part.stream().map(shown).toList(), next, Boolean.TRUE.equals(count) ? total.getAsLong() : null);
    }

    /** A list that is in memory as a whole, in the order of {@code all}. */
    public <T, R> Page<R> pageOf(List<T> all, Function<T, String> key, Function<T, R> shown) {
        int from = 0;
        if (after != null) {
            from = all.stream().map(key).toList().indexOf(after) + 1;
            if (from == 0) {
                throw wrongKey();
            }
        }
        return page(all.subList(from, Math.min(all.size(), from + fetch())), key, shown, all::size);
    }
}
