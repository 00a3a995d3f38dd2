package org.thinkfamily.demo.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.DemoUsers;
import org.thinkfamily.demo.TimeTravel;
import org.thinkfamily.web.ApiProblem;

/** The made-up people and the movable clock of the demo. */
@RestController
@Profile("demo")
@RequestMapping("/api/v1/demo")
class DemoApi {

    private final DemoUsers users;
    private final TimeTravel time;

    DemoApi(DemoUsers users, TimeTravel time) {
        this.users = users;
        this.time = time;
    }

    record User(String username, String password, String name, String service, String team, List<String> roles) { }

    record Users(List<User> items) { }

    record Now(Instant now) { }

    /** {@code timers}: how many timers fired on the way. */
    record Moved(Instant now, int timers) { }

    record Advance(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, examples = {"P1D", "PT4H", "P1W", "next-due"}) String advance) { }

    @GetMapping("/users")
    @SecurityRequirements
    Users demoUsers() {
        return new Users(users.all().stream()
                .map(user -> new User(user.username(), user.password(), user.name(), user.service(), user.team(), user.roles())).toList());
    }

    @GetMapping("/clock")
    Now demoClock() {
        return new Now(time.now());
    }

    @PostMapping("/clock")
    Moved moveDemoClock(@RequestBody Advance advance) {
        try {
            TimeTravel.Moved moved = time.advance(advance.advance());
            return new Moved(moved.now(), moved.timers());
        } catch (TimeTravel.NoDistance none) {
            throw ApiProblem.invalid("/advance", "api.error.advance");
        }
    }
}
