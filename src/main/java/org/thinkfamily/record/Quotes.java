package org.thinkfamily.record;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where facts that turned out wrong stand in entries, so that a correction marks every place they were copied to (S-103). Entries themselves never change. */
@Component
public class Quotes {

    private static final String QUOTES = """
            e.family_ref = :family and f.person_id = any(e.about) and f.replaced_as = 'wrong' and f.fact = any(array['firstName', 'lastName', 'dateOfBirth', 'expectedOn', 'nhsNumber', 'upn',
                   'childId', 'gpPractice', 'school', 'address', 'diedOn', 'firstLanguage'])
               and exists (select 1 from jsonb_path_query(e.answers, 'strict $.**') leaf where leaf #>> '{}' = f.value)
            """;

    private final JdbcClient jdbc;

    Quotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An entry that holds a fact about a person that was wrong.
     *
     * @param fact by the name models use for it
     * @param wrong what stood there
     * @param correctedAt when it was corrected
     */
    public record Quote(long entry, String title, Instant filedAt, long person, String personName, String fact, String wrong, Instant correctedAt) { }

    /** The entries of a family that hold what was wrong about a person, newest first. The caller has asked the policy about the family. */
    public List<Quote> ofPerson(String family, long person) {
        return jdbc.sql(SELECT + QUOTES + " and f.person_id = :person order by e.id desc limit 100").param("family", family).param("person", person).query(Quote.class).list();
    }

    /** What an entry holds that was wrong. The caller has asked the policy about the family. */
    public List<Quote> inEntry(String family, long entry) {
        return jdbc.sql(SELECT + QUOTES + " and e.id = :entry order by f.id").param("family", family).param("entry", entry).query(Quote.class).list();
    }

    private static final String SELECT = """
            select e.id as entry, e.title, e.filed_at, f.person_id as person, p.first_name || ' ' || p.last_name as person_name, f.fact, f.value as wrong, f.replaced_at as corrected_at
              from person_fact f join person p on p.id = f.person_id, entry e where
            """;
}
