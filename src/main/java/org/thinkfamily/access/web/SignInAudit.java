package org.thinkfamily.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.AuditUnavailable;

/**
 * Who signed in, tried to and could not, or signed out. A sign-in that cannot be written does not happen. A program shows who it is with each call of the API: what it asks for
 * is written then, and of its sign-ins only those that fail.
 */
@Component
class SignInAudit implements LogoutHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SignInAudit.class);

    private final Audit audit;

    SignInAudit(Audit audit) {
        this.audit = audit;
    }

    /** Before there is a session. */
    @EventListener
    void on(AuthenticationSuccessEvent event) {
        Authentication who = event.getAuthentication();
        if ((who instanceof UsernamePasswordAuthenticationToken || who instanceof OAuth2LoginAuthenticationToken) && !isApi()) {
            audit.session("sign-in", who.getName(), "done");
        }
    }

    @EventListener
    void on(AbstractAuthenticationFailureEvent event) {
        failed(event.getAuthentication() instanceof UsernamePasswordAuthenticationToken typed ? typed.getName() : null);
    }

    /** @param username as it was given, or null */
    void failed(String username) {
        audit.session("sign-in", username, "refused");
    }

    /** A session of somebody who is no user any more. */
    void ended(String username) {
        audit.session("session.ended", username, "refused");
    }

    /** Nobody is kept signed in because it cannot be written. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        if (authentication != null) {
            try {
                audit.session("sign-out", authentication.getName(), "done");
            } catch (AuditUnavailable unavailable) {
                LOG.error("The audit cannot be written: a sign-out is missing in it");
            }
        }
    }

    private static boolean isApi() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
                && asked.getRequest().getRequestURI().startsWith(asked.getRequest().getContextPath() + "/api/");
    }
}
