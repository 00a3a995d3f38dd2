package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.ThinkFamilyTest;

@ThinkFamilyTest
class StartTest {

    @Autowired
    Models models;
    @Autowired
    JdbcClient jdbc;

    @Test
    void aSecondStartReleasesNothingAgain() {
        int before = releases();
        models.releaseInstalled();
        assertThat(before).isPositive();
        assertThat(releases()).isEqualTo(before);
    }

    private int releases() {
        return jdbc.sql("select count(*) from model_release").query(Integer.class).single();
    }
}
