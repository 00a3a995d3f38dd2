package org.thinkfamily.pathway;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What stands in the cells of a table of rules, in words. */
@Component
public class RuleWords {

    private static final Pattern OUTSIDE_QUOTES = Pattern.compile("\"[^\"]*\"|[^,\"]+");
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)\\s*(\\S+)");
    private static final Pattern PIECE = Pattern.compile("\"([^\"]*)\"|(\\w+)");

    private final MessageSource messages;

    RuleWords(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * A value that went into a rule or came out of it.
     *
     * @param name of the column; a code may mean something else in another one
     * @param value a code, several with commas between or in a list, a number or a sentence; null: the rule was not told
     */
    public String value(String name, Object value) {
        if (value == null) {
            return say("decision.value");
        }
        if (value instanceof List<?> several) {
            return several.stream().map(one -> value(name, one)).distinct().collect(Collectors.joining(", "));
        }
        String code = value.toString();
        if (code.matches("[a-z0-9-]+(,[a-z0-9-]+)+")) {
            return Arrays.stream(code.split(",")).map(one -> value(name, one)).collect(Collectors.joining(", "));
        }
        String general = messages.getMessage("decision.value." + code, null, code, Locale.UK);
        return messages.getMessage("decision.value." + name + "." + code, null, general, Locale.UK);
    }

    /** What a line asks of a column: {@code "poor","none"} or {@code >= 2}. Empty when anything fits; what is neither stands as it is written. */
    public String condition(String name, String asked) {
        if (asked.isBlank() || asked.equals("-")) {
            return "";
        }
        return OUTSIDE_QUOTES.matcher(asked).results().map(one -> one.group().strip()).filter(one -> !one.isEmpty()).map(one -> test(name, one)).collect(Collectors.joining(say("rules.or")));
    }

    private String test(String name, String test) {
        Matcher compared = COMPARED.matcher(test);
        return compared.matches() ? messages.getMessage("rules.compared." + compared.group(1).replace("<", "less").replace(">", "more").replace("=", "-same"), new Object[] {compared.group(2)}, Locale.UK)
                : value(name, test.replace("\"", ""));
    }

    /** What a line answers: a code or a sentence in quotes, a number, the value of a column by its name, or several with a plus between. */
    public String answer(String name, String given, List<String> columns, List<String> labels) {
        if (given.isBlank()) {
            return "";
        }
        return PIECE.matcher(given).results()
                .map(piece -> piece.group(1) != null ? piece.group(1).replaceAll("^,|,$", "") : named(piece.group(2), columns, labels))
                .filter(piece -> !piece.isEmpty()).map(piece -> value(name, piece)).collect(Collectors.joining(", "));
    }

    private String named(String variable, List<String> columns, List<String> labels) {
        int at = columns.indexOf(variable);
        return at >= 0 ? messages.getMessage("rules.same-as", new Object[] {labels.get(at)}, Locale.UK) : messages.getMessage("rules.named." + variable, null, variable, Locale.UK);
    }

    private String say(String key) {
        return messages.getMessage(key, null, Locale.UK);
    }
}
