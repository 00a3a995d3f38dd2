package org.thinkfamily.demo;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page how far the building of the synthetic authority is ({@code demoBuilding}), while it lasts. */
@ControllerAdvice(annotations = Controller.class)
@Profile("demo")
class BuildingNotice {

    private final SyntheticFamilies families;

    BuildingNotice(SyntheticFamilies families) {
        this.families = families;
    }

    @ModelAttribute
    void building(Model model) {
        SyntheticFamilies.Progress progress = families.progress();
        if (progress != null) {
            model.addAttribute("demoBuilding", progress);
        }
    }
}
