package org.thinkfamily.access.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what is missing, instead of a stack trace. */
class NobodyCanSignInAnalyzer extends AbstractFailureAnalyzer<NobodyCanSignIn> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, NobodyCanSignIn cause) {
        return new FailureAnalysis(cause.getMessage(),
                "Name an OpenID Connect provider with spring.security.oauth2.client.registration.* (see docs/operations.md), "
                        + "or start with the profile \"demo\" to look at a synthetic authority on this machine.", cause);
    }
}
