package org.thinkfamily.worklist;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.forms.Form;
import org.thinkfamily.pathway.Pathway;

/** Forms as they were released. A release never changes, so each is read once. */
@Component
public class ReleasedForms {

    private final Pathway pathway;
    private final Map<String, Released> known = new ConcurrentHashMap<>();

    ReleasedForms(Pathway pathway) {
        this.pathway = pathway;
    }

    /** A form and which release of it this is, from 1. */
    public record Released(Form form, int version) { }

    /** @throws NotFound when the deployment holds no such form */
    public Released get(String deploymentId, String form) {
        return known.computeIfAbsent(deploymentId + '/' + form, key -> {
            Pathway.ReleasedForm released = pathway.form(deploymentId, form).orElseThrow(NotFound::new);
            return new Released(Form.read(released.json()), released.version());
        });
    }
}
