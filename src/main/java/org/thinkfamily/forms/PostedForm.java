package org.thinkfamily.forms;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.util.MultiValueMap;

import org.thinkfamily.forms.Component.Type;

/**
 * What a browser sent, as answers. Never refuses anything: what cannot be read is kept as it was typed, to be saved as
 * a draft, shown again, and named by the check. Parameters that are not the form's are left alone.
 *
 * @param answers in the shape the check and drafts take
 * @param again whether the page is only to be shown again (a row added or removed, following questions asked for), unchecked
 * @param focus id of the element to go to when the page is shown again; null when there is none
 */
public record PostedForm(Map<String, Object> answers, boolean again, String focus) {

    private static final Pattern IN_ROW = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\[(\\d{1,4})]\\.(.+)");
    private static final Pattern ROW = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\[(\\d{1,4})]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /**
     * Reads the parameters of a page that {@code forms/form.html} rendered.
     *
     * @param parameters answers under {@code key}, {@code list[0].key}, dates under {@code key-day}, {@code key-month} and
     *        {@code key-year}; the buttons {@code add=list}, {@code remove=list[0]}, {@code right=list[0].key} and {@code again};
     *        {@code list[0].copied.key}, outside lists {@code copied.key}, says from whom an answer was copied that nobody has said is right; {@code list[0].in} without {@code true} leaves a child out, {@code list[0].leftOut} says why
     */
    public static PostedForm read(Form form, MultiValueMap<String, String> parameters) {
        boolean again = parameters.containsKey("again") || parameters.containsKey("add") || parameters.containsKey("remove")
                || parameters.containsKey("right");
        Map<String, Object> answers = new LinkedHashMap<>();
        String focus = null;
        for (Component question : form.questions()) {
            if (question.type() != Type.LIST) {
                read(question, "", parameters, answers);
                continue;
            }
            Map<Integer, Map<String, Object>> rows = rows(question, parameters);
            String removed = parameters.getFirst("remove");
            Matcher row = removed == null ? null : ROW.matcher(removed);
            if (row != null && row.matches() && row.group(1).equals(question.key()) && question.rows().addRemove()) {
                Map<String, Object> gone = rows.get(Integer.valueOf(row.group(2)));
                if (gone != null && !gone.containsKey("person")) {
                    rows.remove(Integer.valueOf(row.group(2)));
                    focus = Filled.id(question, null);
                }
            }
            List<Object> list = new ArrayList<>(rows.values());
            if (!again && question.rows().addRemove() && !question.isAbout()) {
                list.removeIf(one -> ((Map<?, ?>) one).values().stream().allMatch(PostedForm::isBlank));
            }
            if (question.key().equals(parameters.getFirst("add")) && question.rows().addRemove() && !question.isAbout()
                    && list.size() < Filled.MOST_ROWS) {
                list.add(new LinkedHashMap<>());
                focus = "q-" + question.key() + "-" + (list.size() - 1);
            }
            if (!list.isEmpty() || parameters.containsKey(question.key())) {
                answers.put(question.key(), list);
            }
        }
        Map<String, Object> copied = copied(form.questions().stream(), "", parameters);
        if (!copied.isEmpty()) {
            answers.put("copied", copied);
        }
        return new PostedForm(answers, again, focus);
    }

    private static Map<String, Object> copied(Stream<Component> questions, String prefix, MultiValueMap<String, String> parameters) {
        Map<String, Object> copied = new LinkedHashMap<>();
        questions.filter(question -> question.properties().containsKey("copy")).forEach(question -> {
            Long from = Filled.personId(parameters.getFirst(prefix + "copied." + question.key()));
            if (from != null && !(prefix + question.key()).equals(parameters.getFirst("right"))) {
                copied.put(question.key(), from);
            }
        });
        return copied;
    }

    private static Map<Integer, Map<String, Object>> rows(Component list, MultiValueMap<String, String> parameters) {
        Map<Integer, Map<String, Object>> rows = new TreeMap<>();
        for (String name : parameters.keySet()) {
            Matcher inRow = IN_ROW.matcher(name);
            if (inRow.matches() && inRow.group(1).equals(list.key())) {
                rows.putIfAbsent(Integer.valueOf(inRow.group(2)), new LinkedHashMap<>());
            }
        }
        rows.forEach((index, row) -> {
            String prefix = list.key() + "[" + index + "].";
            String person = parameters.getFirst(prefix + "person");
            if (person != null && !person.isEmpty()) {
                Long id = Filled.personId(person);
                row.put("person", id == null ? person : id);
            }
            Form.answered(list.components()).forEach(question -> read(question, prefix, parameters, row));
            List<String> in = parameters.get(prefix + "in");
            if (list.leavesOut() && in != null && !in.contains("true")) {
                row.put(Row.LEFT_OUT, parameters.getOrDefault(prefix + Row.LEFT_OUT, List.of("")).get(0));
            }
            Map<String, Object> copied = copied(Form.answered(list.components()), prefix, parameters);
            if (!copied.isEmpty()) {
                row.put("copied", copied);
            }
        });
        return rows;
    }

    private static boolean isBlank(Object value) {
        return value == null || value.equals(false) || value instanceof String text && text.isBlank()
                || value instanceof List<?> list && list.isEmpty();
    }

    private static void read(Component question, String prefix, MultiValueMap<String, String> parameters, Map<String, Object> answers) {
        String name = prefix + question.key();
        if (question.type() == Type.DATE && !parameters.containsKey(name)) {
            String day = parameters.getFirst(name + "-day");
            String month = parameters.getFirst(name + "-month");
            String year = parameters.getFirst(name + "-year");
            if (day != null || month != null || year != null) {
                answers.put(question.key(), date(strip(day), strip(month), strip(year)));
            }
            return;
        }
        List<String> sent = parameters.get(name);
        if (sent == null || sent.isEmpty()) {
            return;
        }
        String first = sent.get(0) == null ? "" : sent.get(0);
        answers.put(question.key(), switch (question.type()) {
            case NUMBER -> number(first);
            case CHECKBOX -> sent.contains("true");
            case CHECKLIST -> sent.stream().filter(code -> code != null && !code.isEmpty()).toList();
            default -> first;
        });
    }

    private static Object number(String typed) {
        String text = typed.strip().replace(",", "");
        if (!NUMBER.matcher(text).matches()) {
            return typed;
        }
        return text.length() <= 18 && text.indexOf('.') < 0 ? (Object) Long.valueOf(text) : new BigDecimal(text);
    }

    private static String strip(String text) {
        return text == null ? "" : text.strip();
    }

    /** {@code yyyy-mm-dd} when the three boxes hold a day, a month and a year of four digits; else as typed, {@code 31/2/}. */
    private static String date(String day, String month, String year) {
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return "";
        }
        String number = month;
        if (month.length() >= 3) {
            int named = MONTHS.indexOf(month.substring(0, 3).toLowerCase(Locale.UK));
            number = named < 0 ? month : String.valueOf(named + 1);
        }
        if (day.matches("\\d{1,2}") && number.matches("\\d{1,2}") && year.matches("\\d{4}")) {
            String iso = "%s-%02d-%02d".formatted(year, Integer.parseInt(number), Integer.parseInt(day));
            try {
                LocalDate.parse(iso);
                return iso;
            } catch (DateTimeException notReal) {
                return day + "/" + month + "/" + year;
            }
        }
        return day + "/" + month + "/" + year;
    }
}
