package org.thinkfamily.access.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.thinkfamily.access.DemoUsers;

/** Where people sign in, and what keeps them signed in. */
@Controller
class SignInPage {

    private final ObjectProvider<ClientRegistrationRepository> providers;
    private final ObjectProvider<DemoUsers> demoUsers;
    private final MessageSource messages;

    SignInPage(ObjectProvider<ClientRegistrationRepository> providers, ObjectProvider<DemoUsers> demoUsers, MessageSource messages) {
        this.providers = providers;
        this.demoUsers = demoUsers;
        this.messages = messages;
    }

    record Provider(String name, String url) { }

    record Problem(String field, String message) { }

    record DemoGroup(String service, List<DemoUsers.DemoUser> users) { }

    @GetMapping("/signin")
    String signIn(@RequestParam(required = false) String wrong, @RequestParam(required = false) String many, @RequestParam(required = false) String unknown, Model model) {
        String problem = many != null ? "error.429.what" : unknown != null ? "signin.unknown" : wrong != null ? "signin.failed" : null;
        if (problem != null) {
            model.addAttribute("errors", List.of(new Problem(unknown == null ? "username" : null, messages.getMessage(problem, null, Locale.UK))));
        }
        ClientRegistrationRepository known = providers.getIfAvailable();
        if (known instanceof Iterable<?> registrations) {
            model.addAttribute("providers", StreamSupport.stream(registrations.spliterator(), false).map(ClientRegistration.class::cast)
                    .map(registration -> new Provider(registration.getClientName(), "/oauth2/authorization/" + registration.getRegistrationId())).toList());
        }
        DemoUsers demo = demoUsers.getIfAvailable();
        if (demo != null) {
            Map<String, List<DemoUsers.DemoUser>> byService = new LinkedHashMap<>();
            demo.all().forEach(user -> byService.computeIfAbsent(user.service(), any -> new ArrayList<>()).add(user));
            model.addAttribute("demoUsers", byService.entrySet().stream().map(group -> new DemoGroup(group.getKey(), group.getValue())).toList());
        }
        return "signin";
    }

    /** Any request keeps the session; this one does nothing else. */
    @PostMapping("/session/extend")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void extend() {
        // the request itself is the extension
    }

    @GetMapping("/about")
    String about() {
        return "about";
    }
}
