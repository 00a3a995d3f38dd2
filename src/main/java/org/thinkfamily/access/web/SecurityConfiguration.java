package org.thinkfamily.access.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.thinkfamily.access.Audit;

/** How people and programs sign in, and what every response says about its own safety. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Nothing from elsewhere, nothing inline, in no frame. */
    private static final String CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String[] OPEN_PAGES = {"/signin", "/error", "/vendor/**", "/app.css", "/app.js", "/favicon.svg", "/supported.js",
        "/actuator/health/**", "/about", "/api-docs", "/v3/api-docs/**"};

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, SignedIn signedIn, SignInMethods methods, SignInTries tries, Audit audit, ObjectProvider<JwtDecoder> tokens,
            @Qualifier("apiProblems") HandlerExceptionResolver problems) throws Exception {
        AuthenticationEntryPoint who = challenge(methods.passwords() ? "Basic realm=\"Think Family\"" : "Bearer", problems);
        http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/demo/users").permitAll().anyRequest().authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(who)
                        .accessDeniedHandler((request, response, refused) -> problems.resolveException(request, response, null, refused)))
                .addFilterBefore(new Refusals(audit, problems), LogoutFilter.class)
                .addFilterBefore(signedIn, AuthorizationFilter.class);
        if (methods.passwords()) {
            http.httpBasic(basic -> basic.authenticationEntryPoint(who)).addFilterBefore(new TooManyTries(tries, problems), BasicAuthenticationFilter.class);
        }
        if (tokens.getIfAvailable() != null) {
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(challenge("Bearer error=\"invalid_token\"", problems)).jwt(jwt -> jwt.jwtAuthenticationConverter(methods.tokenReader())));
        }
        return headers(http).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, SignedIn signedIn, SignInMethods methods, SignInTries tries, Audit audit, SignInAudit signIns,
            ObjectProvider<ClientRegistrationRepository> providers, @Qualifier("apiProblems") HandlerExceptionResolver problems) throws Exception {
        http.authorizeHttpRequests(requests -> requests.requestMatchers(OPEN_PAGES).permitAll().anyRequest().authenticated())
                .logout(logout -> logout.logoutUrl("/signout").logoutSuccessUrl("/signin?out").addLogoutHandler(signIns))
                .addFilterBefore(new Refusals(audit, problems), LogoutFilter.class)
                .addFilterBefore(signedIn, AuthorizationFilter.class);
        if (methods.passwords()) {
            http.formLogin(form -> form.loginPage("/signin").permitAll()
                    // Nothing of what was typed is kept in the session, as Spring Security's own answer would. A fault of ours is no wrong password.
                    .failureHandler((request, response, refused) -> {
                        if (refused instanceof InternalAuthenticationServiceException && refused.getCause() instanceof RuntimeException fault) {
                            throw fault;
                        }
                        response.sendRedirect(request.getContextPath() + "/signin?wrong");
                    }).defaultSuccessUrl("/work"))
                    .addFilterBefore(new TooManyTries(tries, problems), UsernamePasswordAuthenticationFilter.class);
        }
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/signin").defaultSuccessUrl("/work")
                    .failureHandler((request, response, refused) -> {
                        signIns.failed(null);
                        response.sendRedirect(request.getContextPath() + "/signin?unknown");
                    })
                    .userInfoEndpoint(user -> user.oidcUserService(methods.oidcUsers())));
        }
        return headers(http).build();
    }

    /** 401 as a problem document, with the way to sign in. */
    private static AuthenticationEntryPoint challenge(String way, HandlerExceptionResolver problems) {
        return (request, response, unknown) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, way);
            problems.resolveException(request, response, null, unknown);
        };
    }

    private static HttpSecurity headers(HttpSecurity http) throws Exception {
        return http.headers(headers -> headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .frameOptions(Customizer.withDefaults()));
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
