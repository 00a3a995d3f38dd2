package org.thinkfamily.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.thinkfamily.access.Actor;

/** The description of the API (OpenAPI 3.1). The words of each operation are {@code api.call.<method>.summary} and {@code .description}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final Map<String, String> OF_EVERY_CALL = Map.of("401", "not-signed-in", "404", "not-found", "429", "too-many-tries", "500", "internal", "503", "no-audit");
    private static final Map<String, String> OF_CHANGES = Map.of("400", "unreadable", "403", "not-allowed", "409", "taken", "413", "too-large",
            "415", "unsupported-media-type", "422", "invalid");

    private final MessageSource messages;

    ApiDescription(MessageSource messages) {
        this.messages = messages;
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
    }

    @Bean
    OpenAPI apiInformation(Environment environment) {
        OpenAPI api = new OpenAPI().info(new Info().title(say("api.title")).version("1").description(say("api.description"))
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        api.schemaRequirement("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"))
                .addSecurityItem(new SecurityRequirement().addList("token"));
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            api.schemaRequirement("basic", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                    .addSecurityItem(new SecurityRequirement().addList("basic"));
        }
        return api;
    }

    @Bean
    OperationCustomizer apiWords() {
        return (operation, method) -> {
            String call = "api.call." + method.getMethod().getName();
            operation.setSummary(say(call + ".summary"));
            operation.setDescription(messages.getMessage(call + ".description", null, null, Locale.UK));
            operation.setTags(List.of(method.getBeanType().getSimpleName().replace("Api", "").toLowerCase(Locale.ROOT)));
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer apiAnswers() {
        return api -> {
            api.getComponents().addSchemas("Problem", problem());
            api.getPaths().values().forEach(path -> path.readOperationsMap().forEach((method, operation) -> {
                OF_EVERY_CALL.forEach((status, ending) -> respond(operation, status, ending));
                if (method != PathItem.HttpMethod.GET) {
                    OF_CHANGES.forEach((status, ending) -> respond(operation, status, ending));
                }
                if (method == PathItem.HttpMethod.POST) {
                    operation.addParametersItem(new Parameter().in("header").name("Idempotency-Key").required(false)
                            .description(say("api.key")).schema(text()));
                }
            }));
        };
    }

    private void respond(Operation operation, String status, String ending) {
        operation.getResponses().addApiResponse(status, new ApiResponse().description(say("api.problem." + ending + ".title"))
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(new Schema<>().$ref(PROBLEM)))));
    }

    private static Schema<?> problem() {
        return typed(new ObjectSchema(), "object").addProperty("type", text()).addProperty("title", text())
                .addProperty("status", typed(new IntegerSchema(), "integer")).addProperty("detail", text()).addProperty("reference", text())
                .addProperty("errors", typed(new ArraySchema(), "array")
                        .items(typed(new ObjectSchema(), "object").addProperty("pointer", text()).addProperty("message", text())));
    }

    private static Schema<?> text() {
        return typed(new StringSchema(), "string");
    }

    /** OpenAPI 3.1 writes the set of types, 3.0 the one type. */
    private static Schema<?> typed(Schema<?> schema, String type) {
        return schema.types(Set.of(type));
    }

    private String say(String key) {
        return messages.getMessage(key, null, Locale.UK);
    }
}
