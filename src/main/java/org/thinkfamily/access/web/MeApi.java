package org.thinkfamily.access.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;

/** Who asks, as the product knows them. */
@RestController
class MeApi {

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Me(String username, String name, String service, String team, List<String> roles) { }

    @GetMapping("/api/v1/me")
    Me me(Actor actor) {
        return new Me(actor.username(), actor.name(), actor.serviceName(), actor.teamName(), actor.roles().stream().sorted().toList());
    }
}
