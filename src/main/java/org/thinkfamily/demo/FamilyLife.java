package org.thinkfamily.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.thinkfamily.access.Actor;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

/** One family of the synthetic authority, from the day its story begins until today. People do what the pages would let them do, and nothing else. */
class FamilyLife {

    private static final int MOST_STEPS_A_DAY = 200;

    /** What every life needs of the authority. */
    record World(Fillings fillings, Colleagues colleagues, SimulatedDay days, Answerer answerer, Map<String, Object> pace) { }

    private final World world;
    private final Storyline story;
    private final int number;
    private final String adultRole;
    private final Household household;
    private final Random random;
    private final Map<String, Integer> dueDays = new LinkedHashMap<>();
    private final Map<String, Integer> cameUp = new HashMap<>();
    private final Map<String, Integer> filledIn = new HashMap<>();
    private String family;

    /** @param number of the family in the authority, from 0 */
    FamilyLife(World world, Storyline story, int turn, int number, Household household, Random random) {
        this.world = world;
        this.story = story;
        this.number = number;
        this.adultRole = story.adultRoles().get(turn % story.adultRoles().size());
        this.household = household;
        this.random = random;
    }

    /** The reference of the family; null before its first day. */
    String family() {
        return family;
    }

    /** Lives every working day. Stops between two days when it is told to; returns whether it was lived to its end. */
    boolean live(List<LocalDate> days, BooleanSupplier stop) {
        for (int day = 0; day < days.size(); day++) {
            if (stop.getAsBoolean()) {
                return false;
            }
            world.days().begin(days.get(day));
            live(day);
        }
        world.days().today();
        world.days().wake();
        return true;
    }

    private void live(int day) {
        boolean changed = world.days().wake() > 0;
        if (day == 0) {
            Actor worker = world.colleagues().any(adultRole, number);
            file(world.fillings().start(worker, "identification", null), worker, chosen("adult-accepted", workers(worker)));
            changed = true;
        }
        for (Storyline.Event event : story.events()) {
            if (event.on() == day) {
                happen(event);
                changed = true;
            }
        }
        if (changed) {
            notice(day);
        }
        for (int steps = 0; steps < MOST_STEPS_A_DAY; steps++) {
            String next = dueDays.entrySet().stream().filter(task -> task.getValue() <= day).map(Map.Entry::getKey).findFirst().orElse(null);
            if (next == null) {
                return;
            }
            dueDays.remove(next);
            world.colleagues().open(family).stream().filter(task -> task.id().equals(next)).findFirst().ifPresent(task -> {
                act(task);
                notice(day);
            });
        }
        throw new IllegalStateException("the day never ends");
    }

    private static Map<String, Object> workers(Actor worker) {
        return Map.of("mentalHealthWorker", worker.username(), "drugAlcoholWorker", worker.username());
    }

    /** Makes a note of new tasks and of the day each will be done. */
    private void notice(int day) {
        for (WorkItem task : world.colleagues().open(family)) {
            if (!cameUp.containsKey("task " + task.id())) {
                cameUp.put("task " + task.id(), day);
                int time = cameUp.merge(task.step(), 1, Integer::sum) - 1;
                Object pace = Storyline.turn(pace(task.step()), time);
                if (pace instanceof Integer days) {
                    dueDays.put(task.id(), day + days);
                } else if (Storyline.CLAIMED.equals(pace)) {
                    world.days().pass(random);
                    world.fillings().claim(world.colleagues().doing(task, number), task.id());
                }
            }
        }
    }

    private Object pace(String step) {
        for (Map<String, Object> paces : List.of(story.pace(), world.pace())) {
            if (paces.containsKey(step)) {
                return paces.get(step);
            }
            if (paces.containsKey("*")) {
                return paces.get("*");
            }
        }
        return Storyline.NEVER;
    }

    private void act(WorkItem task) {
        Actor actor = world.colleagues().doing(task, number);
        Filling filling = world.fillings().task(actor, task.id());
        file(filling, actor, chosen(filling.form().id(), Map.of()));
    }

    private void happen(Storyline.Event event) {
        Actor actor = world.colleagues().of(family, event.by().equals(Storyline.ADULT_SIDE) ? adultRole : event.by(), number);
        Filling filling = event.start() != null ? world.fillings().start(actor, event.start(), family) : world.fillings().change(actor, family, event.report());
        file(filling, actor, event.answers());
    }

    private Map<String, Object> chosen(String form, Map<String, Object> more) {
        int time = filledIn.merge(form, 1, Integer::sum) - 1;
        Map<String, Object> said = new HashMap<>(more);
        if (Storyline.turn(story.answers().get(form), time) instanceof Map<?, ?> answers) {
            answers.forEach((key, value) -> said.put(key.toString(), value));
        }
        return said;
    }

    private void file(Filling filling, Actor actor, Map<String, Object> said) {
        world.days().pass(random);
        FormContext context = world.fillings().context(filling);
        String child = world.colleagues().firstName(family, filling.subjects().get("child"));
        Map<String, Object> answers = world.answerer().fill(filling.form(), context, new Answerer.About(household, said, adultRole, child, number, random));
        CheckedForm checked = world.fillings().check(filling, context, answers);
        if (!checked.isAccepted()) {
            throw new IllegalStateException("the form " + filling.form().id() + " refuses " + new ArrayList<>(checked.problems().stream().map(problem -> problem.pointer()).toList()));
        }
        family = world.fillings().file(filling, checked, actor, null).family();
        world.days().settle();
    }
}
