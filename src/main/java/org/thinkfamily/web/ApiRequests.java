package org.thinkfamily.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.thinkfamily.access.Actor;

/** What every call of the API passes after the asker is known: nothing larger than 1 MB, and a repetition gets the first answer. */
class ApiRequests extends OncePerRequestFilter {

    static final int MOST_BYTES = 1024 * 1024;

    private final RepeatedRequests repeated;
    private final ApiProblems problems;

    ApiRequests(RepeatedRequests repeated, ApiProblems problems) {
        this.repeated = repeated;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        byte[] body;
        try (InputStream sent = request.getInputStream()) {
            body = request.getContentLengthLong() > MOST_BYTES ? new byte[MOST_BYTES + 1] : sent.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            problems.resolveException(request, response, null, ApiProblem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large"));
            return;
        }
        HttpServletRequest kept = new WithBody(request, body);
        String key = request.getHeader("Idempotency-Key");
        Actor actor = (Actor) request.getAttribute(Actor.class.getName());
        if (key == null || actor == null || !"POST".equals(request.getMethod())) {
            chain.doFilter(kept, response);
            return;
        }
        try {
            repeated.once(actor, key, kept, body, response, chain);
        } catch (ApiProblem problem) {
            problems.resolveException(request, response, null, problem);
        }
    }

    /** The request with what was sent, already read. */
    private static final class WithBody extends HttpServletRequestWrapper {

        private final byte[] body;

        WithBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return in.read(into, from, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        FilterRegistrationBean<ApiRequests> apiRequests(RepeatedRequests repeated, ApiProblems problems) {
            FilterRegistrationBean<ApiRequests> registration = new FilterRegistrationBean<>(new ApiRequests(repeated, problems));
            registration.addUrlPatterns("/api/*");
            return registration;
        }
    }
}
