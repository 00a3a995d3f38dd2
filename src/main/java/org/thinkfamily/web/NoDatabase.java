package org.thinkfamily.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.View;
import org.thinkfamily.access.DatabaseAway;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Stands in front of everything, the session too: says plainly that the database cannot be reached, on a page that needs none. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoDatabase extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(NoDatabase.class);

    private final ObjectProvider<ApiProblems> problems;
    private final ObjectProvider<ThymeleafViewResolver> views;

    NoDatabase(ObjectProvider<ApiProblems> problems, ObjectProvider<ThymeleafViewResolver> views) {
        this.problems = problems;
        this.views = views;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failed) {
            if (!DatabaseAway.caused(failed) || response.isCommitted()) {
                throw failed;
            }
            response.reset();
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Retry-After", "5");
            if (!ApiProblems.isApi(request)) {
                LOG.error("The database cannot be reached, so what was asked for is refused");
                page(request, response);
            } else {
                problems.getObject().resolveException(request, response, null, failed);
            }
        }
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        try {
            View view = views.getObject().resolveViewName("error", Locale.UK);
            view.render(Map.of("status", "database"), request, response);
        } catch (ServletException | IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new ServletException(failed);
        }
    }
}
