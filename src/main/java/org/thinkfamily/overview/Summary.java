package org.thinkfamily.overview;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A family on one page for a worker who has never met it. At most {@value #MOST_WORDS} words, headings and sources among them.
 *
 * @param parts who, do-not, worry, plan, contact, in this order
 */
public record Summary(List<Part> parts) {

    public static final int MOST_WORDS = 400;

    /** @param key names the heading; @param left how many sentences found no room */
    public record Part(String key, String heading, List<Line> lines, String nothing, String left) {

        int words() {
            return Summary.words(heading) + (lines.isEmpty() ? Summary.words(nothing) : lines.stream().mapToInt(Line::words).sum()) + Summary.words(left);
        }
    }

    /**
     * What one source says.
     *
     * @param about whom, or null
     * @param source what it comes from, in words
     * @param on the day it was said
     * @param dated the day in words
     * @param href the page that shows it whole
     */
    public record Line(String about, String text, String source, LocalDate on, String dated, String href) {

        int words() {
            return Summary.words(about) + Summary.words(text) + Summary.words(source) + Summary.words(dated);
        }
    }

    /** All words on the page below its title. */
    public int words() {
        return parts.stream().mapToInt(Part::words).sum();
    }

    static int words(String text) {
        return text == null || text.isBlank() ? 0 : (int) Stream.of(text.strip().split("\\s+")).count();
    }
}
