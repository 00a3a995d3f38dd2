package org.thinkfamily.pathway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which model is broken, instead of a stack trace. */
class BrokenModelAnalyzer extends AbstractFailureAnalyzer<BrokenModel> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, BrokenModel cause) {
        return new FailureAnalysis(cause.getMessage(), "Correct the file for \"" + cause.model() + "\" in bpmn/, dmn/ or forms/ and start again. Nothing was released.", cause);
    }
}
