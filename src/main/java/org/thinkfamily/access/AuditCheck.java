package org.thinkfamily.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the audit of some days again and says where it is not what was sealed. Changes nothing. */
final class AuditCheck {

    private static final int FETCH = 2_000;
    private static final int MOST_BREAKS = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    AuditCheck(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /** What is wrong at one place. */
    enum What {
        ROW_ALTERED("the row was changed after it was sealed"),
        ROW_MISSING("the row is gone, or its date was changed"),
        ROW_ADDED("the row was put in among rows that were sealed already"),
        LINK_ALTERED("the link itself was changed"),
        LINK_MISSING("the link is gone"),
        TAIL_CUT("the links from here on have been cut off, or the day was sealed anew: this position had another hash when it left the database");

        private final String words;

        What(String words) {
            this.words = words;
        }
    }

    /**
     * @param position in the day's chain; 0 for a row that is in none
     * @param row the number in {@code audit_event}; null where no link says it
     */
    record Break(LocalDate day, int position, Long row, What what) {

        /** One sentence. */
        String words() {
            return day + (position > 0 ? ", position " + position : "") + (row == null ? "" : ", audit row " + row) + ": " + what.words + " (" + what + ").";
        }
    }

    /** {@code waiting}: rows that are not sealed yet. */
    record Result(long days, long links, long waiting, int heads, List<Break> breaks) { }

    private record Days(LocalDate first, LocalDate last) { }

    /**
     * Checks whole days.
     *
     * @param from the first day, or null for the first there is
     * @param to the last day, or null for the last there is
     * @param heads hashes that were kept outside the database; those it remembers itself are compared as well
     */
    Result check(LocalDate from, LocalDate to, List<AuditHead> heads) {
        return transaction.execute(status -> {
            AuditChain.asSystem(jdbc);
            Map<LocalDate, List<AuditHead>> known = new TreeMap<>();
            Set<AuditHead> all = new LinkedHashSet<>(heads);
            all.addAll(AuditHeads.known(jdbc));
            all.forEach(head -> known.computeIfAbsent(head.day(), any -> new ArrayList<>()).add(head));
            Days there = jdbc.sql("select least(min(" + AuditChain.DAY + "), (select min(day) from audit_link)) as first, greatest(max(" + AuditChain.DAY
                    + "), (select max(day) from audit_link)) as last from audit_event e").query(Days.class).single();
            long sealed = jdbc.sql("select coalesce(max(audit_id), 0) from audit_link").query(Long.class).single();
            LocalDate first = earliest(there.first(), known.keySet());
            LocalDate last = latest(there.last(), known.keySet());
            List<Break> breaks = new ArrayList<>();
            long days = 0;
            long links = 0;
            int compared = 0;
            if (first != null) {
                LocalDate end = to == null || to.isAfter(last) ? last : to;
                for (LocalDate day = from == null || from.isBefore(first) ? first : from; !day.isAfter(end) && breaks.size() < MOST_BREAKS; day = day.plusDays(1)) {
                    List<AuditHead> ofDay = known.getOrDefault(day, List.of());
                    Day checked = new Day(day, ofDay);
                    links += checked.read(sealed, breaks);
                    compared += ofDay.size();
                    days++;
                }
            }
            long waiting = jdbc.sql("select count(*) from audit_event where id > :sealed").param("sealed", sealed).query(Long.class).single();
            return new Result(days, links, waiting, compared, breaks);
        });
    }

    private static LocalDate earliest(LocalDate one, Iterable<LocalDate> others) {
        for (LocalDate other : others) {
            one = one == null || other.isBefore(one) ? other : one;
        }
        return one;
    }

    private static LocalDate latest(LocalDate one, Iterable<LocalDate> others) {
        for (LocalDate other : others) {
            one = one == null || other.isAfter(one) ? other : one;
        }
        return one;
    }

    /** One day, link by link. */
    private final class Day {

        private final LocalDate day;
        private final Map<Integer, List<String>> heads = new HashMap<>();
        private int position;
        private byte[] before;
        /** What the link before should have been, when that is not what it is; it is the next one that tells whether link or row was changed. */
        private byte[] expected;
        private Break doubtful;

        Day(LocalDate day, List<AuditHead> heads) {
            this.day = day;
            this.before = AuditChain.seed(day);
            heads.forEach(head -> this.heads.computeIfAbsent(head.position(), any -> new ArrayList<>()).add(head.hash()));
        }

        long read(long sealed, List<Break> breaks) {
            jdbc.sql("select l.position, l.audit_id, l.hash, " + AuditChain.TEXT + """
                     as text, e.id is not null as there
                      from audit_link l left join (select * from audit_event where at >= cast(:day as timestamp) at time zone 'Europe/London'
                           and at < cast(:next as timestamp) at time zone 'Europe/London') e on e.id = l.audit_id
                     where l.day = cast(:day as date) order by l.position
                    """)
                    .param("day", day).param("next", day.plusDays(1)).withFetchSize(FETCH)
                    .query(row -> {
                        link(row.getInt("position"), row.getLong("audit_id"), row.getBytes("hash"), row.getBoolean("there") ? row.getString("text") : null, breaks);
                    });
            settle(What.ROW_ALTERED, breaks);
            heads.keySet().stream().sorted().filter(cut -> cut > position).findFirst().ifPresent(cut -> breaks.add(new Break(day, position + 1, null, What.TAIL_CUT)));
            jdbc.sql("""
                    select e.id from audit_event e
                     where e.at >= cast(:day as timestamp) at time zone 'Europe/London' and e.at < cast(:next as timestamp) at time zone 'Europe/London' and e.id <= :sealed
                       and not exists (select 1 from audit_link l where l.day = cast(:day as date) and l.audit_id = e.id)
                     order by e.id limit 100
                    """)
                    .param("day", day).param("next", day.plusDays(1)).param("sealed", sealed).query(Long.class).list()
                    .forEach(row -> breaks.add(new Break(day, 0, row, What.ROW_ADDED)));
            return position;
        }

        private void link(int at, long row, byte[] hash, String text, List<Break> breaks) {
            boolean gap = at != position + 1;
            if (gap) {
                settle(What.ROW_ALTERED, breaks);
                breaks.add(new Break(day, position + 1, null, What.LINK_MISSING));
            }
            position = at;
            if (text == null) {
                settle(What.ROW_ALTERED, breaks);
                breaks.add(new Break(day, at, row, What.ROW_MISSING));
            } else if (!gap) {
                byte[] right = AuditChain.hash(before, text);
                if (Arrays.equals(right, hash)) {
                    settle(What.ROW_ALTERED, breaks);
                } else if (expected != null && Arrays.equals(AuditChain.hash(expected, text), hash)) {
                    settle(What.LINK_ALTERED, breaks);
                } else {
                    settle(What.ROW_ALTERED, breaks);
                    expected = right;
                    doubtful = new Break(day, at, row, What.ROW_ALTERED);
                }
            }
            List<String> left = heads.getOrDefault(at, List.of());
            String now = HexFormat.of().formatHex(hash);
            if (left.stream().anyMatch(head -> !head.equals(now))) {
                boolean onlyTheLink = doubtful != null && doubtful.position() == at && left.contains(HexFormat.of().formatHex(expected));
                if (onlyTheLink) {
                    settle(What.LINK_ALTERED, breaks);
                } else {
                    breaks.add(new Break(day, at, row, What.TAIL_CUT));
                }
            }
            before = hash;
        }

        private void settle(What what, List<Break> breaks) {
            if (doubtful != null) {
                breaks.add(new Break(doubtful.day(), doubtful.position(), doubtful.row(), what));
            }
            doubtful = null;
            expected = null;
        }
    }
}
