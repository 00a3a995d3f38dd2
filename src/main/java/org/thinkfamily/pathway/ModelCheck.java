package org.thinkfamily.pathway;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.Script;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.impl.DmnParser;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.InvalidForm;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** What docs/models.md asks of models, checked before anything is released. Releasing a model is running code. */
@Component
class ModelCheck {

    private static final String WHO_SEES_WHAT = "who-sees-what.dmn";
    private static final String CAMUNDA = BpmnModelConstants.CAMUNDA_NS;
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern CALL = Pattern.compile("clock\\.limit\\(execution, ('[\\w.-]+'|\\w+)\\)|clock\\.early\\(execution, '[\\w.-]+', 'P\\w+'\\)|clock\\.today\\(\\)|people\\.(children|parents)\\(execution\\)"
            + "|people\\.(children|otherChildren)\\(execution, '[\\w-]+', '\\w+', '[\\w-]+'\\)");
    /** For whom an activity is repeated: whose row in a form has an answer. */
    private static final Pattern WHO_ANSWERED = Pattern.compile("\\$\\{people\\.\\w+\\(execution, '([\\w-]+)', '(\\w+)', '([\\w-]+)'\\)}");
    private static final Pattern LITERAL = Pattern.compile("'[^'\\\\]*'");
    private static final Pattern COMPARISON = Pattern.compile("[\\w\\s=!<>&|()-]+");
    private static final Pattern ANY_CALL = Pattern.compile("\\w\\s*\\(");
    private static final Pattern DELEGATE = Pattern.compile("\\$\\{(\\w+)}");

    /**
     * Camunda's own parser reads the schema anew for each table, only to mark which attributes are ids, and then checks the table against a schema that it keeps. Nothing here
     * follows a reference in a table, so the first is left out: it takes longer than all the rest.
     */
    private static final DmnParser TABLES = new DmnParser() {
        @Override
        protected void configureFactory(DocumentBuilderFactory factory) {
            super.configureFactory(factory);
            factory.setValidating(false);
        }
    };

    private final ListableBeanFactory beans;

    ModelCheck(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The units that these files make up: each process with the forms it names, each decision file by itself.
     *
     * @param files contents by file name
     * @throws BrokenModel at the first thing that is wrong
     */
    List<Models.Unit> units(Map<String, String> files) {
        Map<String, DmnModelInstance> tables = new TreeMap<>();
        Map<String, Form> forms = new TreeMap<>();
        List<Models.Unit> units = new ArrayList<>();
        files.forEach((file, content) -> {
            if (file.endsWith(".dmn")) {
                tables.put(file, table(file, content));
                units.add(new Models.Unit(stem(file), Map.of(file, content)));
            } else if (file.endsWith(".form")) {
                forms.put(file, form(file, content));
            }
        });
        Set<String> restrictions = restrictions(tables.get(WHO_SEES_WHAT));
        forms.forEach((file, form) -> checkForm(file, form, restrictions));
        Set<String> decisions = tables.values().stream().flatMap(table -> table.getModelElementsByType(Decision.class).stream()).map(Decision::getId).collect(Collectors.toSet());
        ClockCheck clocks = new ClockCheck(tables);
        files.forEach((file, content) -> {
            if (file.endsWith(".bpmn")) {
                units.add(process(file, content, files, forms, decisions, clocks));
            }
        });
        clocks.finish();
        Set<String> names = new TreeSet<>();
        units.forEach(unit -> require(names.add(unit.name()), unit.name() + ".dmn", "a process has the same name; give the table another."));
        return units;
    }

    private Models.Unit process(String file, String content, Map<String, String> files, Map<String, Form> forms, Set<String> decisions, ClockCheck clocks) {
        BpmnModelInstance model;
        try {
            model = Bpmn.readModelFromStream(stream(content));
        } catch (ModelException unreadable) {
            throw new BrokenModel(file, "it is not a BPMN diagram (" + root(unreadable) + ").");
        }
        Collection<Process> processes = model.getModelElementsByType(Process.class);
        if (processes.size() != 1) {
            throw new BrokenModel(file, "a file holds exactly one process, this one has " + processes.size() + ".");
        }
        Process process = processes.iterator().next();
        require(process.getId().equals(stem(file)), file, "the process is called \"" + process.getId() + "\"; the file must have the same name.");
        require(named(process.getName()), file, "the process has no name.");
        require(process.getCamundaHistoryTimeToLiveString() != null, file, "it says no history time to live.");
        checkNothingRunsCode(file, model);
        Map<String, String> unit = new TreeMap<>(Map.of(file, content));
        model.getModelElementsByType(MultiInstanceLoopCharacteristics.class).forEach(loop -> checkWhoAnswered(file, String.valueOf(loop.getCamundaCollection()), forms));
        for (BaseElement element : model.getModelElementsByType(FlowNode.class)) {
            checkElement(file, (FlowNode) element, decisions);
            clocks.element(file, (FlowNode) element);
            for (String form : formsOf(element)) {
                String formFile = form + ".form";
                require(files.containsKey(formFile), file, "\"" + name(element) + "\" asks for the form \"" + form + "\", which does not exist.");
                unit.put(formFile, files.get(formFile));
            }
            for (String form : Stream.concat(ModelProperties.listed(element, "shows").stream(), ModelProperties.listed(element, "showsFirst").stream()).toList()) {
                require(files.containsKey(form + ".form"), file, "\"" + name(element) + "\" shows the form \"" + form + "\", which does not exist.");
            }
            for (String form : ModelProperties.listed(element, "notBy")) {
                require(files.containsKey(form + ".form"), file, "\"" + name(element) + "\" is not for who filed the form \"" + form + "\", which does not exist.");
            }
            for (String choice : ModelProperties.listed(element, "without")) {
                String[] both = choice.split("=", 2);
                require(both.length == 2 && formsOf(element).stream().map(form -> forms.get(form + ".form")).anyMatch(form -> form.question(both[0])
                        .filter(question -> question.options().stream().anyMatch(option -> option.value().equals(both[1]))).isPresent()), file,
                        "\"" + name(element) + "\" does not offer the choice \"" + choice + "\", which its form does not have.");
            }
            for (String day : ModelProperties.listed(element, "day")) {
                require(forms.values().stream().anyMatch(form -> form.question(day).filter(question -> question.isRoute() && question.type() == Type.DATE).isPresent()), file,
                        "\"" + name(element) + "\" shows the day \"" + day + "\", which no form asks for.");
            }
            for (String decision : ModelProperties.listed(element, "decisions")) {
                require(decisions.contains(decision), file, "\"" + name(element) + "\" shows the decision \"" + decision + "\", which does not exist.");
            }
        }
        return new Models.Unit(process.getId(), unit);
    }

    /** Otherwise the activity would be repeated for nobody, and no one would see why. */
    private static void checkWhoAnswered(String file, String collection, Map<String, Form> forms) {
        Matcher asked = WHO_ANSWERED.matcher(collection);
        require(!asked.matches() || forms.containsKey(asked.group(1) + ".form") && forms.get(asked.group(1) + ".form").questions().stream()
                .flatMap(list -> list.components().stream()).anyMatch(question -> asked.group(2).equals(question.key())
                        && question.options().stream().anyMatch(option -> option.value().equals(asked.group(3)))), file,
                "\"" + collection + "\" asks for an answer that no list of that form has.");
    }

    private static void checkNothingRunsCode(String file, BpmnModelInstance model) {
        require(model.getModelElementsByType(ScriptTask.class).isEmpty() && model.getModelElementsByType(Script.class).isEmpty()
                && model.getModelElementsByType(CamundaScript.class).isEmpty(), file, "scripts are not allowed.");
        require(model.getModelElementsByType(CamundaConnector.class).isEmpty(), file, "connectors are not allowed.");
        require(model.getModelElementsByType(CamundaExecutionListener.class).isEmpty()
                && model.getModelElementsByType(CamundaTaskListener.class).isEmpty(), file, "listeners are not allowed.");
        checkExpressions(file, (Node) model.getDocument().getDomSource().getNode());
        model.getModelElementsByType(BaseElement.class).forEach(element -> {
            require(element.getAttributeValueNs(CAMUNDA, "class") == null, file, "\"" + name(element) + "\" names a class; name a known step instead.");
            require(element.getAttributeValueNs(CAMUNDA, "expression") == null, file, "\"" + name(element) + "\" has a free expression; name a known step instead.");
        });
    }

    /** Every expression anywhere in the file: a variable, a comparison of variables with literals, or one of the calls that docs/models.md lists. */
    private static void checkExpressions(String file, Node node) {
        if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
            checkExpressions(file, node.getNodeValue());
        }
        NamedNodeMap attributes = node.getAttributes();
        for (int at = 0; attributes != null && at < attributes.getLength(); at++) {
            checkExpressions(file, attributes.item(at).getNodeValue());
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            checkExpressions(file, child);
        }
    }

    private static void checkExpressions(String file, String text) {
        Matcher found = EXPRESSION.matcher(text);
        while (found.find()) {
            String inside = found.group(1).strip();
            String bare = LITERAL.matcher(inside).replaceAll("0");
            require(CALL.matcher(inside).matches() || COMPARISON.matcher(bare).matches() && !ANY_CALL.matcher(bare).find(), file,
                    "\"" + found.group() + "\" may only name or compare variables, or be one of the calls that are known.");
        }
    }

    private void checkElement(String file, FlowNode element, Set<String> decisions) {
        String delegate = element.getAttributeValueNs(CAMUNDA, "delegateExpression");
        if (delegate != null) {
            Matcher matcher = DELEGATE.matcher(delegate);
            require(matcher.matches() && beans.containsBean(matcher.group(1)) && beans.isTypeMatch(matcher.group(1), JavaDelegate.class),
                    file, "\"" + name(element) + "\" uses the step " + delegate + ", which does not exist.");
        }
        String rules = ModelProperties.of(element).get("decision");
        require(rules == null || decisions.contains(rules), file, "\"" + name(element) + "\" asks the decision \"" + rules + "\", which does not exist.");
        require(!"${applyRules}".equals(delegate) || rules != null, file, "\"" + name(element) + "\" does not say which decision it asks.");
        if (element instanceof UserTask task) {
            require(task.getCamundaCandidateGroups() != null || task.getCamundaAssignee() != null, file, "\"" + name(element) + "\" does not say whose task it is.");
            require(!formsOf(task).isEmpty(), file, "\"" + name(element) + "\" has no form.");
        }
        checkPerson(file, element);
        checkOnce(file, element);
        require(named(element.getName()) || !shown(element), file, "\"" + element.getId() + "\" has no name, and people can be shown where the process stands.");
        require(!ModelProperties.list(ModelProperties.of(element).get("to")).contains("unanswered") || !SendMail.timedOut(element).isEmpty(), file,
                "\"" + name(element) + "\" tells who did not answer; it must follow the timer on the border of what they were asked.");
        if (element instanceof BusinessRuleTask rule && rule.getCamundaDecisionRef() != null) {
            require(decisions.contains(rule.getCamundaDecisionRef()), file, "\"" + name(element) + "\" asks the decision \"" + rule.getCamundaDecisionRef() + "\", which does not exist.");
        }
    }

    private static boolean named(String name) {
        return name != null && !name.isBlank();
    }

    /** Whether a process can stand here, or people are offered it: all that is done, waited for or sent, and whatever the engine takes up later by itself. */
    private static boolean shown(FlowNode element) {
        return element instanceof Activity || element instanceof CatchEvent && !(element instanceof StartEvent start && start.getEventDefinitions().isEmpty() && formsOf(start).isEmpty())
                || element instanceof IntermediateThrowEvent || element instanceof EventBasedGateway || element.isCamundaAsyncBefore() || element.isCamundaAsyncAfter();
    }

    /** Beside the process only: elsewhere the start of one occurrence would be the start of the process, which has a person of its own already. */
    private static void checkPerson(String file, FlowNode element) {
        String person = ModelProperties.of(element).get("person");
        require(person == null || element instanceof StartEvent && element.getParentElement() instanceof SubProcess beside && beside.triggeredByEvent(), file,
                "\"" + name(element) + "\" names a person; only the start of an event sub-process can.");
    }

    /** That a process runs is seen by the message that it waits for. One that it only begins with it does not wait for. */
    private static void checkOnce(String file, FlowNode element) {
        String once = ModelProperties.of(element).get("once");
        require(once == null || element.getModelInstance().getModelElementsByType(CatchEvent.class).stream().filter(event -> !(event.getParentElement() instanceof Process && event instanceof StartEvent))
                .flatMap(event -> event.getChildElementsByType(MessageEventDefinition.class).stream()).anyMatch(event -> event.getMessage().getName().equals(once)), file,
                "\"" + name(element) + "\" is started once while the process waits for \"" + once + "\", for which it never waits.");
    }

    private static Set<String> formsOf(BaseElement element) {
        Set<String> forms = new TreeSet<>();
        String ref = element.getAttributeValueNs(CAMUNDA, "formRef");
        if (ref != null) {
            forms.add(ref);
        }
        String property = ModelProperties.of(element).get("form");
        if (property != null) {
            forms.add(property);
        }
        return forms;
    }

    private static DmnModelInstance table(String file, String content) {
        try {
            return TABLES.parseModelFromStream(stream(content));
        } catch (ModelException unreadable) {
            throw new BrokenModel(file, "it is not a decision table (" + root(unreadable) + ").");
        }
    }

    /** The restrictions that the table "who sees what" knows: the values of its input {@code item}. Without the table there are none. */
    private static Set<String> restrictions(DmnModelInstance table) {
        Set<String> known = new TreeSet<>();
        if (table != null) {
            table.getModelElementsByType(Input.class).stream()
                    .filter(input -> "item".equals(input.getCamundaInputVariable()) && input.getInputValues() != null)
                    .flatMap(input -> Stream.of(input.getInputValues().getText().getTextContent().split(",")))
                    .map(value -> value.strip().replace("\"", "")).forEach(known::add);
        }
        return known;
    }

    private static Form form(String file, String content) {
        try {
            return Form.read(content);
        } catch (InvalidForm wrong) {
            throw new BrokenModel(file, wrong.getMessage());
        }
    }

    private static void checkForm(String file, Form form, Set<String> restrictions) {
        form.properties("restricted").forEach(restriction -> require(restrictions.contains(restriction), file,
                "it restricts an answer as \"" + restriction + "\", which " + WHO_SEES_WHAT + " does not know."));
        form.properties("item").forEach(item -> require(restrictions.contains(item), file, "it calls an answer \"" + item + "\", which " + WHO_SEES_WHAT + " does not know."));
        require(form.id().equals(stem(file)), file, "the form is called \"" + form.id() + "\"; the file must have the same name.");
        String lost = KeptQuestions.lostBy(form);
        require(lost == null, file, "it must ask \"" + lost + "\" and need an answer to it.");
    }

    private static void require(boolean holds, String file, String otherwise) {
        if (!holds) {
            throw new BrokenModel(file, otherwise);
        }
    }

    private static String name(BaseElement element) {
        String name = element.getAttributeValue("name");
        return name == null ? element.getId() : name;
    }

    private static String stem(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static ByteArrayInputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String root(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
