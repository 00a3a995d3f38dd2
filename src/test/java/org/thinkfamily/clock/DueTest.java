package org.thinkfamily.clock;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Every date as a day and as working days left. */
class DueTest {

    private final WorkingDays england = new WorkingDays(Map::of, 0);
    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    DueTest() {
        messages.setBasename("messages/clock");
        messages.setDefaultEncoding("UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-27 | 2026-12-04 | due 4 December 2026 (5 working days)",
        "2026-12-03 | 2026-12-04 | due 4 December 2026 (1 working day)",
        "2026-12-04 | 2026-12-04 | due today",
        "2026-12-08 | 2026-12-04 | 2 working days overdue (was due 4 December 2026)",
        "2026-12-07 | 2026-12-04 | 1 working day overdue (was due 4 December 2026)",
        "2026-12-05 | 2026-12-04 | overdue (was due 4 December 2026)",
        "2026-12-04 | 2026-12-06 | due 6 December 2026 (before the next working day)"
    })
    void saysTheDateAndTheWorkingDays(LocalDate today, LocalDate on, String words) {
        assertThat(messages.getMessage(Due.of(on, today, england), Locale.UK)).isEqualTo(words);
    }
}
