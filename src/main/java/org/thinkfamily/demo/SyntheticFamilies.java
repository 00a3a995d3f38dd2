package org.thinkfamily.demo;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Acting;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.pathway.EngineTime;
import org.thinkfamily.worklist.Fillings;

/**
 * The families of the synthetic authority. Each is led through the real processes from a day in the past until today, one after the other, in the background. The same
 * seed makes the same people and the same states, with dates counted from today. While it goes on jobs run in the building thread only.
 */
@Component
@Profile("demo")
class SyntheticFamilies {

    private static final Logger LOG = LoggerFactory.getLogger(SyntheticFamilies.class);
    private static final long SEED = 20_260_401L;
    private static final long STOP_SECONDS = 20;

    private final JdbcClient jdbc;
    private final Clock time;
    private final WorkingDays workingDays;
    private final EngineTime engine;
    private final SimulatedDay days;
    private final FamilyLife.World world;
    private final Storyline.Book book = Storyline.Book.open();
    private final NameBook names = new NameBook();
    private final int wanted;
    private volatile Progress progress;
    private volatile boolean stopping;
    private Thread building;

    SyntheticFamilies(JdbcClient jdbc, Clock time, WorkingDays workingDays, EngineTime engine, SimulatedDay days, Fillings fillings, Colleagues colleagues,
            @Value("${thinkfamily.demo.families:60}") int wanted) {
        this.jdbc = jdbc;
        this.time = time;
        this.workingDays = workingDays;
        this.engine = engine;
        this.days = days;
        this.world = new FamilyLife.World(fillings, colleagues, days, new Answerer(), book.pace());
        this.wanted = wanted;
    }

    /** How many of how many families stand. */
    record Progress(int built, int wanted) { }

    /** A family to be: which storyline, for the how-many-eth time from 0, and its number in the authority. */
    private record Planned(Storyline story, int turn, int number) {

        String key() {
            return story.name() + " " + turn;
        }
    }

    /** How far the building is; null when nothing is being built. */
    Progress progress() {
        return progress;
    }

    /** Builds in the background what is missing. */
    synchronized void begin() {
        List<Planned> missing = missing();
        if (missing.isEmpty()) {
            LOG.info("All {} synthetic families are there", wanted);
        }
        if (missing.isEmpty() || building != null) {
            return;
        }
        progress = new Progress(wanted - missing.size(), wanted);
        building = new Thread(() -> Acting.asSystem("build the demonstration", () -> build(missing)), "synthetic-families");
        building.setDaemon(true);
        building.start();
    }

    /** Ends the building after the day that is being lived; the family half-way is left as it is. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        if (building != null) {
            building.join(Duration.ofSeconds(STOP_SECONDS).toMillis());
        }
    }

    private List<Planned> missing() {
        Set<String> built = jdbc.sql("select storyline || ' ' || number from demo_family").query(String.class).list().stream().collect(Collectors.toSet());
        List<Planned> planned = new ArrayList<>();
        for (int number = 0; number < wanted; number++) {
            planned.add(new Planned(book.storylines().get(number % book.storylines().size()), number / book.storylines().size(), number));
        }
        return planned.stream().filter(each -> !built.contains(each.key())).sorted((one, other) -> other.story().begins() - one.story().begins()).toList();
    }

    private void build(List<Planned> missing) {
        long began = System.nanoTime();
        try {
            int built = engine.whileJobsWait(() -> buildEach(missing));
            LOG.info("{} synthetic families were built in {} s; the record holds {} entries", built, Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    jdbc.sql("select count(*) from entry").query(Long.class).single());
        } finally {
            progress = null;
        }
    }

    private int buildEach(List<Planned> missing) {
        int built = 0;
        try {
            while (built < missing.size() && !stopping && build(missing.get(built))) {
                built++;
                progress = new Progress(wanted - missing.size() + built, wanted);
            }
            return built;
        } finally {
            days.today();
        }
    }

    /** Returns false when it was stopped. A family that cannot be led to its end is left where it stands: the authority is still of use without it. */
    private boolean build(Planned family) {
        FamilyLife life = life(family.story(), family.turn(), family.number());
        try {
            if (!live(life, family.story())) {
                return false;
            }
        } catch (RuntimeException e) {
            if (stopping) {
                return false;
            }
            LOG.warn("The storyline {} stopped before its end ({}: {})", family.key(), e.getClass().getSimpleName(), e instanceof IllegalStateException ? e.getMessage() : "");
        }
        jdbc.sql("insert into demo_family (storyline, number, family_ref, built_at) values (:storyline, :number, :family, now()) on conflict do nothing")
                .param("storyline", family.story().name()).param("number", family.turn()).param("family", life.family()).update();
        return true;
    }

    /**
     * Leads one family from its first day until today in the caller's thread, and returns its reference.
     *
     * @param turn which family of the storyline, from 0
     */
    String build(String storyline, int turn) {
        Storyline story = book.named(storyline);
        FamilyLife life = life(story, turn, turn * book.storylines().size() + book.storylines().indexOf(story));
        try {
            live(life, story);
        } finally {
            days.today();
        }
        return life.family();
    }

    private boolean live(FamilyLife life, Storyline story) {
        days.today();
        LocalDate last = workingDays.onOrBefore(WorkingDays.dayOf(time.instant()));
        List<LocalDate> lived = new ArrayList<>();
        for (LocalDate day = workingDays.plus(last, -story.begins()); !day.isAfter(last); day = workingDays.plus(day, 1)) {
            lived.add(day);
        }
        return life.live(lived, () -> stopping);
    }

    private FamilyLife life(Storyline story, int turn, int number) {
        Random random = new Random(SEED + 31L * number);
        return new FamilyLife(world, story, turn, number, household(story, turn, number, random), random);
    }

    /** The family of a storyline as it is. */
    Household household(String storyline, int turn) {
        Storyline story = book.named(storyline);
        int number = turn * book.storylines().size() + book.storylines().indexOf(story);
        return household(story, turn, number, new Random(SEED + 31L * number));
    }

    private Household household(Storyline story, int turn, int number, Random random) {
        Household.Kind kind = book.households().get(story.households().get(turn % story.households().size()));
        return Household.of(kind, number, names, new Household.Places(places("gp"), places("education")), WorkingDays.dayOf(time.instant()), random);
    }

    private List<String> places(String kind) {
        return jdbc.sql("select t.id from team t join service s on s.id = t.service_id where s.kind = :kind order by t.id").param("kind", kind).query(String.class).list();
    }
}
