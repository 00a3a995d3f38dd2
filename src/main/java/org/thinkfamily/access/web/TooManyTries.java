package org.thinkfamily.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Stands before a password is looked at: who tried too often is not tried again for a while, with the right password either. */
class TooManyTries extends OncePerRequestFilter {

    private final SignInTries tries;
    private final HandlerExceptionResolver problems;
    private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();

    TooManyTries(SignInTries tries, HandlerExceptionResolver problems) {
        this.tries = tries;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        boolean page = "POST".equals(request.getMethod()) && request.getRequestURI().equals(request.getContextPath() + "/signin");
        String username = page ? request.getParameter("username") : basicName(request);
        if (username == null || !tries.tooMany(username, request.getRemoteAddr())) {
            chain.doFilter(request, response);
        } else if (page) {
            response.sendRedirect(request.getContextPath() + "/signin?many");
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(SignInTries.WAIT.toSeconds()));
            problems.resolveException(request, response, null, new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS));
        }
    }

    private String basicName(HttpServletRequest request) {
        try {
            UsernamePasswordAuthenticationToken token = basic.convert(request);
            return token == null ? null : token.getName();
        } catch (AuthenticationException unreadable) {
            return null; // what follows refuses it
        }
    }
}
