package org.thinkfamily.pathway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.family.Families;

/** A family of two parents and two children, known to adult mental health, for tests of reviews and contact. */
class LookedAfterFamily {

    final String ref;
    final long mother;
    final long father;
    final long mia;
    final long leo;

    LookedAfterFamily(Walk walk, Families families, JdbcClient jdbc) {
        walk.settle();
        ref = families.open(Walk.AMH);
        mother = person(jdbc, "Rosa", "1990-05-01", "adult", "mother");
        father = person(jdbc, "Paul", "1988-02-11", "adult", "father");
        mia = person(jdbc, "Mia", "2018-03-02", "child", null);
        leo = person(jdbc, "Leo", "2015-09-20", "child", null);
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:family, :role, 'mental-health-team', :role, current_date),"
                + " (:family, 'childrens-social-worker', 'children-team', 'childrens-social-worker', current_date)")
                .param("family", ref).param("role", Walk.AMH).update();
    }

    private long person(JdbcClient jdbc, String name, String born, String position, String relationship) {
        long id = jdbc.sql("""
                with added as (insert into person (first_name, last_name, date_of_birth, gp_practice_id) values (:name, 'Example', cast(:born as date), :gp) returning id)
                insert into family_member (family_ref, person_id, position, relationship) select :family, id, :position, :relationship from added returning person_id
                """).param("name", name).param("born", born).param("gp", Walk.GP).param("family", ref).param("position", position).param("relationship", relationship)
                .query(Long.class).single();
        jdbc.sql("insert into fact_source (person_id, fact, family_ref, said_by, said_on, source) values (:id, 'dateOfBirth', :family, :by, current_date, 'Screening')")
                .param("id", id).param("family", ref).param("by", Walk.AMH).update();
        return id;
    }
}
