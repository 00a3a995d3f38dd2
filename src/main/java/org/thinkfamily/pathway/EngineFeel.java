package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.Feel;

/** FEEL for forms: the same language, by the same library, as in decision tables. */
@Component
class EngineFeel implements Feel {

    private final FeelEngine feel = new ScalaFeelEngine(List.of());

    @Override
    public Object evaluate(String expression, Map<String, Object> context) {
        return feel.evaluateSimpleExpression(expression, Variables.fromMap(context).asVariableContext());
    }
}
