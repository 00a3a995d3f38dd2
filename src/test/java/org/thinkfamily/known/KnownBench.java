package org.thinkfamily.known;

import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Actor;
import org.thinkfamily.bench.Table;

/** How fast a check is whether somebody is known, among two million people with names as unevenly common as real ones, on the durable PostgreSQL inside. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.data-dir=target/bench/known", "thinkfamily.known.checks-per-hour=1000000",
    "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
class KnownBench {

    private static final int PEOPLE = 2_000_000;
    private static final int PART = 200_000;
    private static final int CHECKS = 400;

    @Autowired
    private Known known;
    @Autowired
    private JdbcClient jdbc;

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void checksAmongTwoMillionPeople() {
        fill();
        Actor asker = new Actor("bench", "Bench", "bench", "Bench", "Bench", Set.of("front-door-screener"), Set.of(), Set.of(), Set.of(), Set.of());
        Random random = new Random(7);
        double[] times = new double[CHECKS];
        int named = 0;
        int possible = 0;
        for (int warm = 1; warm >= 0; warm--) {
            named = 0;
            possible = 0;
            for (int i = 0; i < CHECKS; i++) {
                Known.Question question = question(random, i);
                long start = System.nanoTime();
                long check = known.ask(asker, question);
                times[i] = (System.nanoTime() - start) / 1e6;
                Known.Check answer = known.one(asker, check);
                named += answer.answer().equals("known") ? 1 : 0;
                possible += answer.band() != null ? 1 : 0;
            }
        }
        double p95 = quantile(times, 0.95);
        Table.row("Known to services among 2,000,000 people, p95 (median " + ms(quantile(times, 0.5)) + ", slowest " + ms(quantile(times, 1)) + "; " + named + " known, "
                + possible + " possible of " + CHECKS + ")", ms(p95), "under 150 ms", p95 < 150);
    }

    private record Somebody(String number, String first, String last, LocalDate born, String postcode) { }

    /** In turn: the number, all the same, a name heard wrongly, days and months swapped or a wrong year, no date, nobody. */
    private Known.Question question(Random random, int turn) {
        Somebody one = jdbc.sql("""
                select p.nhs_number as number, p.first_name as first, p.last_name as last, p.date_of_birth as born, a.postcode
                  from person p join person_address a on a.person_id = p.id and a.until_on is null
                 where p.id >= (select min(id) from person) + :at order by p.id limit 1
                """).param("at", random.nextInt(PEOPLE - 10)).query(Somebody.class).single();
        String heard = one.last().replace("ck", "k").replace("ph", "f").replace("y", "i");
        return switch (turn % 6) {
            case 0 -> new Known.Question(one.number(), null, one.last(), null, null, "screening", null);
            case 1 -> new Known.Question(null, one.first(), one.last(), one.born(), one.postcode(), "screening", null);
            case 2 -> new Known.Question(null, one.first(), heard, one.born(), null, "screening", null);
            case 3 -> new Known.Question(null, one.first(), one.last(), one.born().plusYears(1), one.postcode(), "screening", null);
            case 4 -> new Known.Question(null, one.first(), one.last(), null, one.postcode(), "screening", null);
            default -> new Known.Question(null, "Xavi" + turn, "Nobody", one.born(), "QX99QX", "screening", null);
        };
    }

    private void fill() {
        for (String sql : List.of("insert into service (id, name, kind) values ('bench', 'Bench', 'children') on conflict do nothing",
                "insert into team (id, service_id, name) values ('bench', 'bench', 'Bench') on conflict do nothing",
                "insert into app_user (username, name, team_id) values ('bench', 'Bench', 'bench') on conflict do nothing")) {
            jdbc.sql(sql).update();
        }
        long there = jdbc.sql("select count(*) from person").query(Long.class).single();
        for (long from = there; from < PEOPLE; from += PART) {
            jdbc.sql("""
                    with who as (
                      select i, 'F-9' || i / 4 as family,
                             (array['Al','Ben','Cath','Dan','El','Fay','Geo','Han','Is','Jo','Kat','Lu','Mi','Na','Ol','Pat','Ro','Sa','Ti','Zo'])[cast(1 + floor(20 * random() ^ 1.5) as int)]
                             || (array['an','ey','ine','iel','ie','on','a','ert','ah','eph','y','as','ce','rick','ette'])[cast(1 + floor(15 * random() ^ 1.5) as int)] as first,
                             (array['Ash','Black','Clay','Dun','Edge','Fair','Green','Hart','Ink','Jack','Kirk','Lang','Marsh','North','Oak','Phil','Quick','Rad','Stan','Thorn','Up','Vick','Whit','York'])[cast(1 + floor(24 * random() ^ 2) as int)]
                             || (array['ley','ton','ford','wood','well','son','man','ham','worth','field','by','stock','bury','ridge','more'])[cast(1 + floor(15 * random() ^ 2) as int)]
                             || (array['','','','','s','e','er','in','ell','ock'])[cast(1 + floor(10 * random()) as int)] as last,
                             date '1930-01-01' + floor(34000 * random())::int as born,
                             'ZZ' || (1 + (i / 4) % 99) || ' ' || (i / 400) % 10 || chr(65 + (i / 4000) % 26) || chr(65 + (i / 104000) % 26) as postcode
                        from generate_series(cast(:from as int), cast(:from + :part - 1 as int)) i),
                    families as (insert into family (ref, created_at, created_by) select distinct family, now(), 'bench' from who on conflict do nothing),
                    people as (insert into person (first_name, last_name, date_of_birth, nhs_number) select first, last, born, cast(9990000000 + i as text) from who order by i returning id, nhs_number),
                    numbered as (select p.id, w.* from people p join who w on cast(9990000000 + w.i as text) = p.nhs_number),
                    members as (insert into family_member (family_ref, person_id, position) select family, id, case when i % 2 = 0 then 'adult' else 'child' end from numbered),
                    involved as (insert into involvement (family_ref, role, team_id, began_on) select distinct family, 'childrens-social-worker', 'bench', current_date from numbered on conflict do nothing)
                    insert into person_address (person_id, address, family_ref, said_by, source, from_on)
                    select id, i % 90 + 1 || ' ' || last || ' Road, Westerby ' || postcode, family, 'bench', 'Bench', current_date from numbered
                    """).param("from", from).param("part", PART).update();
            System.out.println("people: " + (from + PART));
        }
    }
}
