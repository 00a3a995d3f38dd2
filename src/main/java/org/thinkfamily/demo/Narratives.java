package org.thinkfamily.demo;

import java.util.List;
import java.util.Map;
import org.thinkfamily.forms.Component;

/** Short texts in plain English for the questions that ask for words: {@code demo/narratives.yml}. */
class Narratives {

    private final Map<String, Object> bank = DemoFile.read("narratives");

    /** A text for the question, or null when it may be left blank and there is none made for it. */
    String text(String form, Component question, Answerer.About about, String name) {
        Object texts = null;
        for (String section : List.of(about.adultRole() + "/" + form, form, about.adultRole(), "any")) {
            texts = bank.get(section) instanceof Map<?, ?> keys ? keys.get(question.key()) : null;
            if (texts != null) {
                break;
            }
        }
        if (texts == null) {
            if (!question.rules().required()) {
                return null;
            }
            texts = bank.get("otherwise");
        }
        String text = texts instanceof List<?> several ? several.get(about.random().nextInt(several.size())).toString() : texts.toString();
        return text.isEmpty() ? null : named(text, about, name);
    }

    /** The text with the names of the family where it calls for them, and the words that go with the parent who is in treatment. */
    static String named(String text, Answerer.About about, String name) {
        List<Household.Adult> adults = about.household().adults();
        boolean father = adults.get(0).relationship().equals("father");
        return text.replace("{she}", father ? "he" : "she")
                .replace("{She}", father ? "He" : "She")
                .replace("{them}", father ? "him" : "her")
                .replace("{their}", father ? "his" : "her")
                .replace("{herself}", father ? "himself" : "herself")
                .replace("{Mum}", father ? "Dad" : "Mum")
                .replace("{name}", name == null ? "the baby" : name)
                .replace("{child}", name == null ? "the baby" : name)
                .replace("{parent}", adults.get(0).firstName())
                .replace("{other}", adults.size() > 1 ? adults.get(1).firstName() : "a neighbour");
    }
}
