package org.thinkfamily.access;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The command that checks the audit, in place of the application: {@code --audit.verify}, {@code --audit.verify=2026-11-01..2026-11-30} or of one day. With the same settings it
 * finds the same database, starts the PostgreSQL inside when no other is named, and starts nothing else.
 */
@ComponentScan("org.thinkfamily.database")
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class})
public class AuditVerification {

    private static final String ARGUMENT = "--audit.verify";
    /** The chain holds; it does not; it could not be checked. */
    static final int HOLDS = 0;
    static final int BROKEN = 1;
    static final int NOT_CHECKED = 2;

    AuditVerification() { }

    /** Whether the arguments of the program ask for it. */
    public static boolean asked(String... arguments) {
        return Arrays.stream(arguments).anyMatch(argument -> argument.equals(ARGUMENT) || argument.startsWith(ARGUMENT + "="));
    }

    /**
     * Checks and says what it found.
     *
     * @return the exit code: 0 the chain holds, 1 it does not, 2 it could not be checked
     */
    public static int run(PrintStream out, String... arguments) {
        String days = Arrays.stream(arguments).filter(argument -> argument.startsWith(ARGUMENT + "=")).map(argument -> argument.substring(ARGUMENT.length() + 1)).findFirst().orElse("");
        LocalDate from;
        LocalDate to;
        try {
            String[] ends = days.split("\\.\\.", -1);
            from = ends[0].isBlank() ? null : LocalDate.parse(ends[0].strip());
            to = ends.length == 1 ? from : ends[1].isBlank() ? null : LocalDate.parse(ends[1].strip());
        } catch (DateTimeParseException wrong) {
            out.println("Give the days as 2026-11-01..2026-11-30, as one day, or none for all.");
            return NOT_CHECKED;
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(AuditVerification.class).web(WebApplicationType.NONE).logStartupInfo(false)
                .properties("spring.main.lazy-initialization=true").run(arguments)) {
            return report(out, new AuditCheck(context.getBean(JdbcClient.class), context.getBean(PlatformTransactionManager.class))
                    .check(from, to, heads(context.getEnvironment().getProperty("thinkfamily.audit.heads.file", ""), out)));
        } catch (IOException unreadable) {
            out.println("The file of hashes could not be read: " + unreadable.getMessage());
            return NOT_CHECKED;
        } catch (RuntimeException failed) {
            out.println("The audit could not be checked: " + failed.getMessage());
            return NOT_CHECKED;
        }
    }

    /** The heads in files, named with commas between them: what the application wrote, or what a syslog server or a mailbox has kept. Lines that hold none are passed over. */
    private static List<AuditHead> heads(String files, PrintStream out) throws IOException {
        List<AuditHead> heads = new ArrayList<>();
        for (String file : files.split(",")) {
            if (!file.isBlank()) {
                try (var lines = Files.lines(Path.of(file.strip()))) {
                    lines.forEach(line -> AuditHead.in(line).ifPresent(heads::add));
                } catch (NoSuchFileException none) {
                    out.println("There is no file " + file.strip() + " yet: a cut tail cannot be seen.");
                }
            }
        }
        if (heads.isEmpty()) {
            out.println("No hashes from outside the database were given: what somebody cut off the end, or sealed anew as a whole, cannot be seen. See docs/operations.md.");
        }
        return heads;
    }

    static int report(PrintStream out, AuditCheck.Result result) {
        result.breaks().forEach(broken -> out.println(broken.words()));
        out.printf("%d days, %d sealed rows, %d hashes that had left the database, %d rows not sealed yet: %s%n", result.days(), result.links(), result.heads(), result.waiting(),
                result.breaks().isEmpty() ? "the chain holds." : "the chain is BROKEN at " + result.breaks().size() + (result.breaks().size() == 1 ? " place." : " places."));
        return result.breaks().isEmpty() ? HOLDS : BROKEN;
    }
}
