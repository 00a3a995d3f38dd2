package org.thinkfamily.glossary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The words of the field in {@code glossary/terms.yml}, and the role cards in {@code glossary/roles.yml} (S-196). Read once; they change with a release. */
public final class Glossary {

    private static final List<Term> TERMS = file("terms").entrySet().stream().map(each -> term(each.getKey(), each.getValue()))
            .sorted(Comparator.comparing(Term::name, String.CASE_INSENSITIVE_ORDER)).toList();
    private static final Map<String, Term> BY_WORD = byWord();
    /** The longest first, so that "section 47 enquiry" is not read as "section 47". */
    private static final Pattern WORDS = Pattern.compile("(?<![\\p{L}\\d])(" + BY_WORD.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).map(Pattern::quote)
            .collect(Collectors.joining("|")) + ")(?![\\p{L}\\d])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Map<String, Role> ROLES = file("roles").entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> new Role(each.getKey(), said(each.getValue(), "does"), said(each.getValue(), "when")), (one, same) -> one, LinkedHashMap::new));

    private Glossary() {
    }

    /**
     * A word of the field.
     *
     * @param also other ways to say it
     * @param adult what the adult services call it or mean by it, or null; {@code children}: the children's side
     */
    public record Term(String id, String name, List<String> also, String means, String adult, String children) {

        /** Whether somebody who types this looks for the word. */
        public boolean fits(String typed) {
            String wanted = typed.strip().toLowerCase(Locale.UK);
            return Stream.of(Stream.of(name, means), Stream.of(adult, children), also.stream()).flatMap(each -> each)
                    .anyMatch(words -> words != null && words.toLowerCase(Locale.UK).contains(wanted));
        }
    }

    /** What a role does here, and when to involve it. */
    public record Role(String code, String does, String when) { }

    /** All words, in the order of the alphabet. */
    public static List<Term> terms() {
        return TERMS;
    }

    public static Optional<Term> term(String id) {
        return TERMS.stream().filter(term -> term.id().equals(id)).findFirst();
    }

    /** The role cards, by code. */
    public static Map<String, Role> roles() {
        return ROLES;
    }

    /** The words of the glossary that stand in a text, each once, in the order in which they are read. */
    public static List<Term> in(String text) {
        List<Term> found = new ArrayList<>();
        Matcher word = WORDS.matcher(text);
        while (word.find()) {
            String read = word.group();
            // What is written in capitals is meant only in capitals: "iro" is not part of ordinary words, "Mash" is food.
            Term term = BY_WORD.entrySet().stream().filter(each -> each.getKey().equalsIgnoreCase(read) && (!capitals(each.getKey()) || each.getKey().equals(read))).map(Map.Entry::getValue)
                    .findFirst().orElse(null);
            if (term != null && !found.contains(term)) {
                found.add(term);
            }
        }
        return List.copyOf(found);
    }

    private static boolean capitals(String word) {
        return word.length() > 1 && word.equals(word.toUpperCase(Locale.UK));
    }

    private static Map<String, Term> byWord() {
        Map<String, Term> words = new LinkedHashMap<>();
        TERMS.forEach(term -> Stream.concat(Stream.of(term.name()), term.also().stream()).forEach(word -> {
            if (words.put(word, term) != null) {
                throw new IllegalStateException("The glossary has the word \"" + word + "\" twice.");
            }
        }));
        return words;
    }

    private static Term term(String id, Object entry) {
        Object also = ((Map<?, ?>) entry).get("also");
        return new Term(id, said(entry, "term"), also instanceof List<?> words ? words.stream().map(String::valueOf).toList() : List.of(), said(entry, "means"), said(entry, "adult"),
                said(entry, "children"));
    }

    private static String said(Object entry, String key) {
        Object value = ((Map<?, ?>) entry).get(key);
        return value == null ? null : value.toString();
    }

    private static Map<String, Object> file(String name) {
        YamlMapFactoryBean file = new YamlMapFactoryBean();
        file.setResources(new ClassPathResource("glossary/" + name + ".yml"));
        file.afterPropertiesSet();
        return file.getObject();
    }
}
