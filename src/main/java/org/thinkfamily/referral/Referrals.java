package org.thinkfamily.referral;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** The referrals of families. Who calls has asked the policy about the family. */
@Component
public class Referrals {

    /** Forms of other steps whose author refers the family when the step ends in a referral. */
    private static final Set<String> LEAD_TO_REFERRAL = Set.of("screening-risks", "screening-effect", "red-flag-decision", "red-flag-agreed", "adult-discharged", "discharge-proposed", "discharge-overridden", "look-back");

    private static final List<String> SCREENINGS = List.of("screening", "screening-risks", "screening-effect");

    /** ReferralSource of the children in need census, by role; a service without a code of its own is "other health". */
    private static final Map<String, String> SOURCES = Map.of("gp", "3A", "health-visitor", "3B", "school-lead", "2A", "adult-mental-health-practitioner", "3F",
            "drug-alcohol-practitioner", "3F", "adult-team-manager", "3F", "consultant-psychiatrist", "3F", "ward-nurse", "3F", "amhp", "3F", "young-carers-worker", "8");

    private final JdbcClient jdbc;
    private final Entries entries;
    private final Families families;
    private final Actors actors;
    private final Clock time;

    Referrals(JdbcClient jdbc, Entries entries, Families families, Actors actors, Clock time) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.families = families;
        this.actors = actors;
        this.time = time;
    }

    /** Who made a referral, in which role. Both null when nobody is known. */
    public record Referrer(String username, String role) { }

    /**
     * What opening a referral found out.
     *
     * @param repeat whether the family was referred before within 12 months (S-051)
     */
    public record Opened(Referrer referrer, LocalDate referredOn, boolean repeat) { }

    /**
     * Opens a referral when its process begins. Opening it again changes nothing.
     *
     * @param starter who started the process, or null when a message of another step did; then it is the author of that step's entry
     * @param referredOn the day it was made; null: today
     */
    @Transactional
    public Opened open(String family, String process, Long adult, Referrer starter, String redFlagResponse, LocalDate referredOn) {
        Referrer referrer = starter != null ? starter : authorOfLast(family).orElse(new Referrer(null, null));
        LocalDate on = referredOn == null ? families.today() : referredOn;
        String service = referrer.username() == null ? null : actors.find(referrer.username()).map(Actor::serviceName).orElse(null);
        int earlier = jdbc.sql("""
                with earlier as (
                  select count(*) filter (where referred_on >= :on - interval '12 months') as in_12, count(*) as in_24
                    from referral where family_ref = :family and process_id <> :process and referred_on between :on - interval '24 months' and :on),
                opened as (
                  insert into referral (family_ref, process_id, adult_id, referred_on, received_at, referrer, referrer_role, referrer_service, source_code,
                                        red_flag_response, earlier_in_12_months, earlier_in_24_months)
                  select :family, :process, :adult, :on, :now, :referrer, :role, :service, :source, :response, in_12, in_24 from earlier
                  on conflict (process_id) do nothing)
                select in_12 from earlier
                """)
                .param("family", family).param("process", process).param("adult", adult).param("on", on).param("now", Timestamp.from(time.instant()))
                .param("referrer", referrer.username()).param("role", referrer.role()).param("service", service)
                .param("source", referrer.role() == null ? "10" : SOURCES.getOrDefault(referrer.role(), "5B")).param("response", redFlagResponse)
                .query(Integer.class).single();
        return new Opened(referrer, on, earlier > 0);
    }

    private Optional<Referrer> authorOfLast(String family) {
        return entries.of(family, null, 1).stream().filter(entry -> LEAD_TO_REFERRAL.contains(entry.formKey()))
                .map(entry -> new Referrer(entry.author(), entry.role())).findFirst();
    }

    /** What the family threshold is asked about one child. {@code child} is null in a family whose children are not known yet. */
    public record Question(Long child, Map<String, Object> answers) { }

    /**
     * The questions that the family threshold is asked for a referral: one for each child, with what was last said about each parent and about the child.
     * Where the screenings of two parents differ, the graver answer counts.
     */
    public List<Question> thresholdQuestions(String family, String process) {
        List<Person> people = families.people(family);
        Optional<Entry> referral = entries.newest(family, "referral-made", null);
        List<List<Entry>> said = people.stream().filter(person -> !person.child()).map(adult -> about(family, adult.id(), referral)).toList();
        Map<String, Object> shared = new HashMap<>(Gravity.gravest(said.stream().map(Gravity::ofFamily).toList()));
        jdbc.sql("select red_flag_response, earlier_in_24_months + 1 as referrals from referral where process_id = :process").param("process", process)
                .query(row -> {
                    shared.put("redFlagResponse", row.getString("red_flag_response"));
                    shared.put("referralsInTwoYears", row.getInt("referrals"));
                });
        List<Question> questions = new ArrayList<>();
        for (Person child : people.stream().filter(Person::child).toList()) {
            Map<String, Object> answers = new HashMap<>(shared);
            answers.putAll(Gravity.gravest(said.stream().map(entries -> Gravity.ofChild(entries, child.id())).toList()));
            questions.add(new Question(child.id(), answers));
        }
        return questions.isEmpty() ? List.of(new Question(null, shared)) : questions;
    }

    /** What was last said about one parent, oldest first: the newest screening of each kind and the newest referral, when it is about this parent. */
    private List<Entry> about(String family, long adult, Optional<Entry> referral) {
        return Stream.concat(entries.newest(family, SCREENINGS, adult).stream(), referral.stream().filter(entry -> String.valueOf(adult).equals(String.valueOf(entry.answers().get("adult")))))
                .sorted(Comparator.comparingLong(Entry::id)).toList();
    }

    /** Keeps what the family threshold said. */
    @Transactional
    public void keepLevel(String process, int level, boolean thresholdMet, boolean belowEveryBar, String leftOut) {
        jdbc.sql("update referral set family_level = :level, threshold_met = :met, below_every_bar = :below, left_out = :leftOut where process_id = :process")
                .param("level", level).param("met", thresholdMet).param("below", belowEveryBar).param("leftOut", leftOut).param("process", process).update();
    }

    /** The referrals of a family, newest first. */
    public List<Referral> of(String family) {
        return jdbc.sql(SELECT + " where family_ref = :family order by referred_on desc, id desc").param("family", family).query(Referral.class).list();
    }

    private static final String SELECT = """
            select id, family_ref as family, process_id as process, adult_id as adult, referred_on, received_at, referrer, referrer_role, referrer_service, source_code,
                   red_flag_response, earlier_in_12_months as earlier_in_twelve_months, family_level, threshold_met, below_every_bar, left_out, decision, decided_by,
                   decided_at, first_decision, first_decided_at, late_reason, referrer_answer
              from referral
            """;
}
