package org.thinkfamily.sharing;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.WhoSees;
import org.thinkfamily.record.Entry;

/** Keeps a request for information, with all that follows from it, from everybody but the roles that the table "who sees what" names, and who asked. */
@Component
public class Keeping {

    private static final String ITEM = "kept-sharing";

    private final JdbcClient jdbc;
    private final Actors actors;
    private final WhoSees table;

    Keeping(JdbcClient jdbc, Actors actors, WhoSees table) {
        this.jdbc = jdbc;
        this.actors = actors;
        this.table = table;
    }

    /** The roles that read what is kept. */
    List<String> readers() {
        return actors.roleNames().keySet().stream().filter(role -> table.of(ITEM, role, WhoSees.Involvement.TEAM) == WhoSees.Sight.FULL).sorted().toList();
    }

    /** The whole process, from its first step on. */
    public void process(String family, String process, String by) {
        keep(family, process, null, by);
    }

    /** An entry that stands outside the process. */
    void entry(Entry entry) {
        keep(entry.family(), null, entry.id(), entry.author());
    }

    /** Whether an entry is kept; false for null. */
    boolean isKept(Long entry) {
        return entry != null && jdbc.sql("select exists (select 1 from kept where entry_id = :entry)").param("entry", entry).query(Boolean.class).single();
    }

    private void keep(String family, String process, Long entry, String by) {
        jdbc.sql("insert into kept (family_ref, process_id, entry_id, readers, kept_by) values (:family, :process, :entry, :readers, :by) on conflict do nothing")
                .param("family", family).param("process", process).param("entry", entry).param("readers", readers().toArray(String[]::new)).param("by", by).update();
    }
}
