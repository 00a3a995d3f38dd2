package org.thinkfamily.worklist.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.thinkfamily.access.Actor;
import org.thinkfamily.web.ApiProblem;
import org.thinkfamily.web.ApiProblem.Wrong;
import org.thinkfamily.worklist.IncomingMessages;

/** Messages from other systems to the processes of a family. */
@RestController
class MessagesApi {

    private final IncomingMessages messages;

    MessagesApi(IncomingMessages messages) {
        this.messages = messages;
    }

    /** {@code about}: id of the person it is about. {@code facts}: numbers, booleans and codes, by the names that the waiting step declares. {@code answers}: the other answers to the message's form, when it has one and they are known. */
    record Message(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String family, Long about, Map<String, Object> facts, Map<String, Object> answers) { }

    /** How many processes were started or reached, and the entry that was filed when the message has a form. */
    record Reached(int reached, @JsonInclude(JsonInclude.Include.NON_NULL) Long entry) { }

    @PostMapping("/api/v1/messages/{name}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Reached message(Actor actor, @PathVariable String name, @RequestBody Message message) {
        if (message.family() == null) {
            throw ApiProblem.invalid("/family", "api.error.missing", "family");
        }
        try {
            return Problems.filing(() -> {
                IncomingMessages.Sent sent = messages.send(actor, name, message.family(), message.about(), message.facts() == null ? Map.of() : message.facts(), message.answers());
                return new Reached(sent.reached(), sent.entry());
            });
        } catch (IncomingMessages.RefusedAnswers refused) {
            throw ApiProblem.invalid(refused.problems().stream().map(problem -> new Wrong(problem.pointer(), problem.message())).toList());
        } catch (IncomingMessages.WrongFacts wrong) {
            throw ApiProblem.invalid(wrong.wrongs().stream().map(each -> new Wrong(each.pointer(), each.key(), each.argument())).toList());
        }
    }
}
