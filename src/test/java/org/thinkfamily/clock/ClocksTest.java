package org.thinkfamily.clock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.TestDatabase;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ClocksTest {

    private static final ClockKey REFERRAL = new ClockKey("F-1", null, "process-1");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final Hands time = new Hands();
    private final ProclaimedDays proclaimed = new ProclaimedDays(jdbc);
    private final WorkingDays england = new WorkingDays(proclaimed, 0);
    private int decideDays = 1;
    private final List<Object> told = new ArrayList<>();
    private final Clocks clocks = new Clocks(jdbc, this::timescale, england, time, told::add);

    private Timescale timescale(String name) {
        return switch (name) {
            case "referral.decide" -> new Timescale(name, "Decide", decideDays, Unit.WORKING_DAYS, "referredOn", null,
                    "front-door-manager", "T-01", "Working Together", Status.GUIDANCE, false);
            case "assessment.complete" -> new Timescale(name, "Complete", 45, Unit.WORKING_DAYS, "referredOn", 10, null,
                    "T-05", "Working Together", Status.GUIDANCE, false);
            case "contact.emergency-tell" -> new Timescale(name, "Tell", 24, Unit.HOURS, null, null,
                    "childrens-team-manager", "T-86", "Fostering handbook", Status.LOCAL_DEFAULT, false);
            case "assessment.late-1" -> new Timescale(name, "Five days late", 50, Unit.WORKING_DAYS, "referredOn", null, null, null, "Local", Status.LOCAL_DEFAULT, true);
            default -> throw new Timescales.UnknownClock(name);
        };
    }

    @BeforeEach
    void thursdayBeforeEaster() {
        time.now = Instant.parse("2026-04-02T09:30:00Z");
    }

    @Test
    void startsOnceAndThenReturnsTheRunningOne() {
        Clock started = clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 4, 1));
        assertThat(started.startedOn()).isEqualTo("2026-04-01");
        assertThat(started.dueOn()).isEqualTo("2026-04-02");
        assertThat(started.dueAt()).isEqualTo("2026-04-02T23:00:00Z");
        assertThat(started.state()).isEqualTo(Clock.State.RUNNING);
        assertThat(clocks.ensure(REFERRAL, "referral.decide", null)).isEqualTo(started);
        assertThat(clocks.ofFamily("F-1")).containsExactly(started);
    }

    /** 2 April 2026 and fifty working days, over Easter and two bank holidays in May. */
    @Test
    void aMarkIsAMomentAndNoClock() {
        assertThat(clocks.mark("assessment.late-1", LocalDate.of(2026, 4, 2))).isEqualTo("2026-06-17T23:00:00Z");
        assertThat(clocks.ofFamily("F-1")).isEmpty();
        assertThat(clocks.nextDue()).isEmpty();
    }

    @Test
    void countsFromTodayWhenNoDayIsGiven() {
        assertThat(clocks.ensure(REFERRAL, "referral.decide", null).dueOn()).isEqualTo("2026-04-07");
    }

    @Test
    void eachPersonAndProcessHasItsOwn() {
        ClockKey child = new ClockKey("F-1", 7L, "process-1");
        long whole = clocks.ensure(REFERRAL, "referral.decide", null).id();
        long forChild = clocks.ensure(child, "referral.decide", null).id();
        long other = clocks.ensure(new ClockKey("F-1", 7L, "process-2"), "referral.decide", null).id();
        assertThat(List.of(whole, forChild, other)).doesNotHaveDuplicates();
        assertThat(clocks.meet(child, "referral.decide")).hasValueSatisfying(met -> {
            assertThat(met.id()).isEqualTo(forChild);
            assertThat(met.person()).isEqualTo(7L);
            assertThat(met.state()).isEqualTo(Clock.State.MET);
        });
        assertThat(clocks.ensure(REFERRAL, "referral.decide", null).id()).isEqualTo(whole);
    }

    @Test
    void manyAtOnceStartOne() throws Exception {
        int many = 6;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            for (int round = 0; round < 10; round++) {
                ClockKey key = new ClockKey("F-2", null, "together-" + round);
                List<Callable<Long>> starts = new ArrayList<>();
                for (int i = 0; i < many; i++) {
                    starts.add(() -> {
                        together.await();
                        return transaction.execute(status -> clocks.ensure(key, "referral.decide", null).id());
                    });
                }
                List<Long> ids = new ArrayList<>();
                for (Future<Long> start : threads.invokeAll(starts)) {
                    ids.add(start.get());
                }
                assertThat(ids).hasSize(many).containsOnly(ids.get(0));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void hoursAreExact() {
        Clock clock = clocks.ensure(REFERRAL, "contact.emergency-tell", null);
        assertThat(clock.dueAt()).isEqualTo("2026-04-03T09:30:00Z");
        assertThat(clock.dueOn()).isEqualTo("2026-04-03");
        Clock earlier = clocks.ensure(new ClockKey("F-1", 3L, "process-1"), "contact.emergency-tell", LocalDate.of(2026, 4, 1));
        assertThat(earlier.dueAt()).as("from the start of a day that has passed").isEqualTo("2026-04-01T23:00:00Z");
    }

    @Test
    void unknownNameSaysSo() {
        assertThatThrownBy(() -> clocks.ensure(REFERRAL, "referral.decied", null))
                .isInstanceOf(Timescales.UnknownClock.class).hasMessageContaining("referral.decied");
        assertThat(clocks.ofFamily("F-1")).isEmpty();
    }

    @Test
    void stateIsComputed() {
        clocks.ensure(REFERRAL, "referral.decide", null);
        time.now = Instant.parse("2026-04-07T22:59:59Z");
        assertThat(clocks.ofFamily("F-1")).extracting(Clock::state).containsExactly(Clock.State.RUNNING);
        time.now = Instant.parse("2026-04-07T23:00:00Z");
        assertThat(clocks.ofFamily("F-1")).extracting(Clock::state).containsExactly(Clock.State.LATE);
        assertThat(clocks.meet(REFERRAL, "referral.decide")).hasValueSatisfying(met -> {
            assertThat(met.state()).isEqualTo(Clock.State.MET);
            assertThat(met.metAt()).isEqualTo(time.now);
        });
        assertThat(clocks.meet(REFERRAL, "referral.decide")).isEmpty();
        time.now = time.now.plusSeconds(1);
        assertThat(clocks.ensure(REFERRAL, "referral.decide", null).state()).as("met once, it can run again")
                .isEqualTo(Clock.State.RUNNING);
    }

    @Test
    void metLateIsKnown() {
        clocks.ensure(REFERRAL, "referral.decide", null);
        time.now = Instant.parse("2026-04-08T10:00:00Z");
        assertThat(clocks.meet(REFERRAL, "referral.decide").orElseThrow().metLate()).isTrue();
    }

    @Test
    void stoppingEndsWhatRunsAndLeavesWhatWasMet() {
        clocks.ensure(REFERRAL, "referral.decide", null);
        clocks.meet(REFERRAL, "referral.decide");
        clocks.ensure(REFERRAL, "assessment.complete", null);
        ClockKey elsewhere = new ClockKey("F-1", null, "process-9");
        clocks.ensure(elsewhere, "assessment.complete", null);
        assertThat(clocks.stop("process-1", "The family moved")).isEqualTo(1);
        assertThat(clocks.ofFamily("F-1")).extracting(Clock::processInstance, Clock::name, Clock::state, Clock::stopReason)
                .containsExactlyInAnyOrder(
                        tuple("process-9", "assessment.complete", Clock.State.RUNNING, null),
                        tuple("process-1", "assessment.complete", Clock.State.STOPPED, "The family moved"),
                        tuple("process-1", "referral.decide", Clock.State.MET, null));
        assertThat(clocks.stop(elsewhere, "assessment.complete", "Left another way")).isTrue();
        assertThat(clocks.stop(elsewhere, "assessment.complete", "Left another way")).isFalse();
    }

    @Test
    void correctingTheStartKeepsTheOldDatesAndTheLimitItWasStartedWith() {
        Clock clock = clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 4, 1));
        decideDays = 30;
        Clock corrected = clocks.correctStart(clock.id(), LocalDate.of(2026, 4, 2), "Received in the evening", "sam");
        assertThat(told).containsExactly(new ClockMoved(corrected));
        assertThat(corrected.movedWhy()).isEqualTo("Received in the evening");
        assertThat(corrected.movedFrom()).isEqualTo(clock.dueOn());
        assertThat(corrected.dueOn()).isEqualTo("2026-04-07");
        assertThat(corrected.version()).isEqualTo(1);
        assertThat(clocks.changesOf(clock.id())).containsExactly(new Clocks.Change(LocalDate.of(2026, 4, 1),
                LocalDate.of(2026, 4, 2), LocalDate.of(2026, 4, 2), LocalDate.of(2026, 4, 7),
                "Received in the evening", "sam", time.now));
        assertThatThrownBy(() -> clocks.correctStart(clock.id(), LocalDate.of(2026, 4, 2), " ", "sam"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clocks.correctStart(-1, LocalDate.of(2026, 4, 2), "why", "sam"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aClockThatWasLateIsToldAgainWhenItsCorrectedDatePasses() {
        Clock clock = clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 3, 30));
        assertThat(clocks.takeLate(time.now, 10)).hasSize(1);
        clocks.correctStart(clock.id(), LocalDate.of(2026, 4, 2), "Wrong date", "sam");
        assertThat(clocks.takeLate(time.now, 10)).isEmpty();
        assertThat(clocks.takeLate(Instant.parse("2026-04-07T23:00:00Z"), 10)).hasSize(1);
    }

    @Test
    void whyItIsLateIsSaidOnceAndEarlierReasonsAreKept() {
        Clock clock = clocks.ensure(REFERRAL, "referral.decide", null);
        clocks.explainLate(clock.id(), "The school was closed", "sam");
        Clock explained = clocks.explainLate(clock.id(), "The school was closed until Tuesday", "alex");
        assertThat(explained.lateReason()).isEqualTo("The school was closed until Tuesday");
        assertThat(explained.lateReasonBy()).isEqualTo("alex");
        assertThat(clocks.changesOf(clock.id())).extracting(Clocks.Change::why, Clocks.Change::who)
                .containsExactly(tuple("The school was closed", "sam"), tuple("The school was closed until Tuesday", "alex"));
        assertThatThrownBy(() -> clocks.explainLate(-1, "why", "sam")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void remindersAreHandedOutOnceAndNotWhenLateOrMet() {
        Clock clock = clocks.ensure(REFERRAL, "assessment.complete", LocalDate.of(2026, 3, 2));
        ClockKey done = new ClockKey("F-1", null, "process-2");
        clocks.ensure(done, "assessment.complete", LocalDate.of(2026, 3, 2));
        clocks.meet(done, "assessment.complete");
        // 45 working days end on 7 May; ten before is 22 April
        assertThat(clock.dueOn()).isEqualTo("2026-05-07");
        assertThat(clocks.takeDueReminders(Instant.parse("2026-04-21T22:59:00Z"), 10)).isEmpty();
        Instant reminderDay = Instant.parse("2026-04-21T23:00:00Z");
        assertThat(clocks.takeDueReminders(reminderDay, 10)).extracting(Clock::id).containsExactly(clock.id());
        assertThat(clocks.takeDueReminders(reminderDay, 10)).isEmpty();
        clocks.ensure(new ClockKey("F-1", null, "process-3"), "assessment.complete", LocalDate.of(2026, 1, 5));
        assertThat(clocks.takeDueReminders(reminderDay, 10)).as("late already: that is told instead").isEmpty();
        assertThat(clocks.takeLate(reminderDay, 10)).as("no late role: the diagram says what happens").isEmpty();
    }

    @Test
    void twoNodesNeverTellTheSameTwice() {
        for (int i = 0; i < 4; i++) {
            clocks.ensure(new ClockKey("F-3", null, "late-" + i), "referral.decide", LocalDate.of(2026, 3, 23));
        }
        List<Clock> first = new ArrayList<>();
        List<Clock> second = new ArrayList<>();
        TransactionTemplate otherNode = new TransactionTemplate(new DataSourceTransactionManager(database));
        otherNode.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            first.addAll(clocks.takeLate(time.now, 3));
            otherNode.executeWithoutResult(other -> second.addAll(clocks.takeLate(time.now, 3)));
        });
        assertThat(first).hasSize(3);
        assertThat(second).hasSize(1);
        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat(clocks.takeLate(time.now, 3)).isEmpty();
    }

    @Test
    void whatWasTakenInATransactionThatFailedIsHandedOutAgain() {
        clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 3, 23));
        transaction.executeWithoutResult(status -> {
            assertThat(clocks.takeLate(time.now, 3)).hasSize(1);
            status.setRollbackOnly();
        });
        assertThat(clocks.takeLate(time.now, 3)).hasSize(1);
    }

    @Test
    void nextDueIsTheEarliestStillToCome() {
        assertThat(clocks.nextDue()).isEmpty();
        clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 3, 23));
        assertThat(clocks.nextDue()).isEmpty();
        clocks.ensure(REFERRAL, "assessment.complete", LocalDate.of(2026, 3, 23));
        clocks.ensure(REFERRAL, "contact.emergency-tell", null);
        assertThat(clocks.nextDue()).contains(Instant.parse("2026-04-03T09:30:00Z"));
    }

    @Test
    void familyListPutsWhatRunsFirstAndTheEarliestDueAtTheTop() {
        clocks.ensure(REFERRAL, "assessment.complete", null);
        clocks.ensure(REFERRAL, "contact.emergency-tell", null);
        clocks.ensure(REFERRAL, "referral.decide", LocalDate.of(2026, 3, 2));
        clocks.meet(REFERRAL, "referral.decide");
        assertThat(clocks.ofFamily("F-1")).extracting(Clock::name)
                .containsExactly("contact.emergency-tell", "assessment.complete", "referral.decide");
    }

    @Test
    void aProclaimedDayCountsAtOnceAndMovesNoRunningClock() {
        Clock before = clocks.ensure(REFERRAL, "referral.decide", null);
        england.proclaim(LocalDate.of(2026, 4, 7), "A day of mourning", false);
        assertThat(england.isWorkingDay(LocalDate.of(2026, 4, 7))).isFalse();
        assertThat(clocks.ensure(new ClockKey("F-1", null, "process-2"), "referral.decide", null).dueOn())
                .isEqualTo("2026-04-08");
        assertThat(clocks.ensure(REFERRAL, "referral.decide", null)).isEqualTo(before);
        england.proclaim(LocalDate.of(2026, 4, 7), "Withdrawn", true);
        assertThat(england.isWorkingDay(LocalDate.of(2026, 4, 7))).isTrue();
    }

    @Test
    void springMakesThemAndTheyTakePartInItsTransactions() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Transactions.class, Clocks.class, WorkingDays.class, ProclaimedDays.class);
            context.registerBean(DataSource.class, () -> database);
            context.registerBean(JdbcClient.class, () -> jdbc);
            context.registerBean(java.time.Clock.class, () -> time);
            context.registerBean(Timescales.class, () -> this::timescale);
            context.registerBean(DataSourceTransactionManager.class, database);
            context.refresh();
            context.getBean(Clocks.class).ensure(REFERRAL, "referral.decide", null);
            transaction.executeWithoutResult(status -> {
                clocks.meet(REFERRAL, "referral.decide");
                status.setRollbackOnly();
            });
            assertThat(context.getBean(Clocks.class).ofFamily("F-1")).extracting(Clock::state)
                    .containsExactly(Clock.State.RUNNING);
        }
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {
    }

    /** A clock whose hands the test moves. */
    private static final class Hands extends java.time.Clock {

        private Instant now;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public java.time.Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
