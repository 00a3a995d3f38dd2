package org.thinkfamily.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;

/** Reads who is asking afresh at each request, and asks the database as that person: access that was taken away ends at the next one, on every node. */
@Component
class SignedIn extends OncePerRequestFilter {

    static final String ACTOR = Actor.class.getName();

    private final Actors actors;
    private final SignInAudit signIns;

    SignedIn(Actors actors, SignInAudit signIns) {
        this.actors = actors;
        this.signIns = signIns;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated() || authentication instanceof AnonymousAuthenticationToken) {
            chain.doFilter(request, response);
            return;
        }
        try (Acting.Turn turn = Acting.as(authentication.getName())) {
            Optional<Actor> actor = actors.find(authentication.getName());
            if (actor.isPresent()) {
                request.setAttribute(ACTOR, actor.get());
            } else {
                SecurityContextHolder.clearContext();
                HttpSession session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
                signIns.ended(authentication.getName());
            }
            chain.doFilter(request, response);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/vendor/") || path.startsWith("/actuator/") || path.endsWith(".css") || path.endsWith(".js");
    }

    /** Runs inside the security chains only, not a second time as a servlet filter. */
    @Component
    static class NotAlsoAServletFilter {

        @Bean
        FilterRegistrationBean<SignedIn> signedInIsNoServletFilter(SignedIn filter) {
            FilterRegistrationBean<SignedIn> registration = new FilterRegistrationBean<>(filter);
            registration.setEnabled(false);
            return registration;
        }
    }
}
