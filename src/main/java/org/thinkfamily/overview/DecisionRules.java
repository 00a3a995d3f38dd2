package org.thinkfamily.overview.web;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.springframework.stereotype.Component;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Why a decision came out as it did: the sentence that stands beside each rule that fired, in the version of the table that was used. */
@Component
class DecisionRules {

    private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

    private final Pathway pathway;
    private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

    DecisionRules(Pathway pathway) {
        this.pathway = pathway;
    }

    /** One sentence for each rule that fired; the rule's id where nobody wrote one. */
    List<String> sentences(Decisions.Taken decision) {
        Map<String, String> sentences = known.computeIfAbsent(decision.definition(), id -> pathway.decision(id).map(DecisionRules::read).orElse(Map.of()));
        return decision.rules().stream().map(rule -> sentences.getOrDefault(rule, rule)).toList();
    }

    private static Map<String, String> read(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList rules = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getElementsByTagNameNS(DMN, "rule");
            Map<String, String> sentences = new LinkedHashMap<>();
            for (int at = 0; at < rules.getLength(); at++) {
                Element rule = (Element) rules.item(at);
                NodeList description = rule.getElementsByTagNameNS(DMN, "description");
                if (description.getLength() > 0) {
                    sentences.put(rule.getAttribute("id"), description.item(0).getTextContent().strip());
                }
            }
            return sentences;
        } catch (Exception unreadable) {
            throw new IllegalStateException("a released decision cannot be read", unreadable);
        }
    }
}
