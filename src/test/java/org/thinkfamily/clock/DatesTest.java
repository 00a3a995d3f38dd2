package org.thinkfamily.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thinkfamily.Requirement;

@Requirement("U48")
class DatesTest {

    private static Dates on(String now) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/clock");
        messages.setDefaultEncoding("UTF-8");
        return new Dates(Clock.fixed(Instant.parse(now), WorkingDays.LONDON), new WorkingDays(Map::of, 0), messages);
    }

    @Test
    void aDayToComeSaysTheWorkingDaysLeft() {
        Dates friday = on("2026-11-27T10:00:00Z");
        assertThat(friday.ahead(LocalDate.of(2026, 12, 4))).isEqualTo("4 December 2026 (5 working days)");
        assertThat(friday.ahead(LocalDate.of(2026, 11, 30))).isEqualTo("30 November 2026 (1 working day)");
        assertThat(friday.ahead(LocalDate.of(2026, 11, 28))).isEqualTo("28 November 2026 (before the next working day)");
        assertThat(friday.ahead(LocalDate.of(2026, 11, 27))).isEqualTo("27 November 2026 (today)");
    }

    @Test
    void aDayThatHasPassedStandsAlone() {
        assertThat(on("2026-11-27T10:00:00Z").ahead(LocalDate.of(2026, 11, 26))).isEqualTo("26 November 2026");
        assertThat(on("2026-06-01T23:30:00Z").ahead(LocalDate.of(2026, 6, 2))).as("it is the second in London").isEqualTo("2 June 2026 (today)");
    }
}
