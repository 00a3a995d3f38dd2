package org.thinkfamily.pathway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** The {@code camunda:properties} of an element of a diagram. */
final class ModelProperties {

    private ModelProperties() { }

    /** What a property holds, where it may hold several, comma separated; nothing when it is not there. */
    static List<String> list(String property) {
        return property == null || property.isBlank() ? List.of() : List.of(property.strip().split("\\s*,\\s*"));
    }

    /** The name of the fact that holds what a property says, where it says {@code ${fact}}; null otherwise. */
    static String fact(String property) {
        return property != null && property.startsWith("${") ? property.substring(2, property.length() - 1) : null;
    }

    static Map<String, String> of(Element element) {
        Map<String, String> properties = new LinkedHashMap<>();
        Element extensions = element.element("extensionElements");
        Element list = extensions == null ? null : extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
        if (list != null) {
            list.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").forEach(property -> properties.put(property.attribute("name"), property.attribute("value")));
        }
        return properties;
    }

    /** The comma separated values of a property; empty when it is not there. */
    static List<String> listed(BaseElement element, String property) {
        return split(of(element).get(property));
    }

    static List<String> split(String values) {
        return values == null ? List.of() : List.of(values.strip().split("\\s*,\\s*"));
    }

    static Map<String, String> of(BaseElement element) {
        Map<String, String> properties = new LinkedHashMap<>();
        ExtensionElements extensions = element.getExtensionElements();
        if (extensions != null) {
            extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                    .flatMap(list -> list.getCamundaProperties().stream())
                    .forEach((CamundaProperty property) -> properties.put(property.getCamundaName(), property.getCamundaValue()));
        }
        return properties;
    }
}
